package org.marketanalytics.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Unpacks a server once; later starts find it there. */
final class Archive {

  private static final Duration UNPACK_BOUND = Duration.ofMinutes(2);

  private Archive() {}

  /** Writes the unpacked server into an empty folder. */
  @FunctionalInterface
  interface Unpacking {
    void into(Path folder) throws IOException, InterruptedException;
  }

  /**
   * Unpacks into {@code target} if it is not there: beside it first and then moved, so that a start
   * that was broken off leaves nothing half done, and under a lock, so that two starts at once do
   * it once.
   */
  static Path unpackOnce(Path target, Unpacking unpacking)
      throws IOException, InterruptedException {
    if (Files.isDirectory(target)) {
      return target;
    }
    Files.createDirectories(target.getParent());
    Path lock = target.resolveSibling(target.getFileName() + ".lock");
    synchronized (Archive.class) {
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = channel.lock()) {
        if (held.isValid() && !Files.isDirectory(target)) {
          Path partial = target.resolveSibling(target.getFileName() + ".partial");
          delete(partial);
          unpacking.into(Files.createDirectories(partial));
          Files.move(partial, target);
        }
      }
    }
    return target;
  }

  /** Copies what lies under {@code prefix} in a jar, without the prefix. */
  static void copy(Path jar, String prefix, Path folder) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
          Path target = folder.resolve(entry.getName().substring(prefix.length())).normalize();
          Files.createDirectories(target.getParent());
          try (InputStream in = file.getInputStream(entry)) {
            Files.copy(in, target);
          }
        }
      }
    }
  }

  /** Unpacks a {@code .tar.gz} that lies in a jar. */
  static void untar(Path jar, String entry, Path folder) throws IOException, InterruptedException {
    Path packed = folder.resolveSibling(folder.getFileName() + ".tar.gz");
    Files.deleteIfExists(packed);
    try (JarFile file = new JarFile(jar.toFile())) {
      JarEntry found = file.getJarEntry(entry);
      if (found == null) {
        throw new PartFailedException(jar + " holds no " + entry);
      }
      try (InputStream in = file.getInputStream(found)) {
        Files.copy(in, packed);
      }
    }
    // tar keeps the modes and links of the server's files, and is part of every system it runs on
    List<String> line = List.of("tar", "-xzf", packed.toString(), "-C", folder.toString());
    ChildProcess tar =
        ChildProcess.start(
            new Command("tar", line, folder),
            folder.resolveSibling(folder.getFileName() + ".tar.log"));
    tar.awaitSuccess(UNPACK_BOUND);
    Files.delete(packed);
  }

  /** Copies a folder and what is in it, with the modes, to a place where there is nothing yet. */
  static void copy(Path folder, Path target) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        Files.copy(
            path,
            target.resolve(folder.relativize(path).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Deletes a folder and what is in it; does nothing where there is none. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
