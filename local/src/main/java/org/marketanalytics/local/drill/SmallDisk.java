package org.marketanalytics.local.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of its own that can be filled without harm to others; Linux only. */
final class SmallDisk {

  private static final int MIB = 64;
  private static final int BLOCK = 4096;

  private final Path folder;
  private final Path ballast;
  private final Thread hook = new Thread(this::release, "unmount");

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.ballast = folder.resolve("ballast");
  }

  /**
   * Mounts one on the folder.
   *
   * @throws SkippedException when this user may not
   */
  static SmallDisk mount(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String complaint =
        run("mount", "-t", "tmpfs", "-o", "size=" + MIB + "m", "tmpfs", folder.toString());
    if (!complaint.isEmpty()) {
      throw new SkippedException(
          "a small disk cannot be mounted (%s); run it as root, or as: unshare --map-root-user --mount bin/drills …"
              .formatted(complaint));
    }
    SmallDisk disk = new SmallDisk(folder);
    Runtime.getRuntime().addShutdownHook(disk.hook);
    return disk;
  }

  /** Leaves no byte. */
  void fill() throws IOException {
    byte[] block = new byte[BLOCK];
    boolean full = false;
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (!full) {
        try {
          out.write(block);
        } catch (IOException e) {
          full = true;
        }
      }
    }
  }

  /** There is space again. */
  void free() throws IOException {
    Files.deleteIfExists(ballast);
  }

  /** Takes it away, with all that is on it. */
  void unmount() {
    release();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private void release() {
    try {
      // lazily: what is still open goes with its process
      run("umount", "-l", folder.toString());
    } catch (IOException | InterruptedException e) {
      System.err.println("drills: " + folder + " stays mounted: " + e.getMessage());
    }
  }

  /** What it complains of; empty when it succeeds. */
  private static String run(String... line) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(List.of(line)).redirectErrorStream(true).start();
    } catch (IOException e) {
      return e.getMessage();
    }
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() == 0 ? "" : output.isEmpty() ? "it failed" : output;
  }
}
