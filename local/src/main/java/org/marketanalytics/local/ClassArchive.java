package org.marketanalytics.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The classes of a part as its JVM has read and checked them, in a file that the next JVM maps into
 * its memory (class data sharing, JEP 350). A JVM that ends as it is asked to writes it; it is of
 * use as long as Java and the jars stay the same, which its name tells.
 */
final class ClassArchive {
  private static final int SIGTERM = 128 + 15;

  private static final AtomicInteger STARTED = new AtomicInteger();

  /** System property: the folder of the archives; parts have none without it. */
  static final String FOLDER_PROPERTY = "market.class-archives";

  private final String part;
  private final Path file;
  private final Path written;
  private final boolean writes;

  private ClassArchive(String part, Path file, Path written) {
    this.part = part;
    this.file = file;
    this.written = written;
    this.writes = !Files.exists(file);
  }

  /** The archive of what is to be started; null for one that has none, or can have none here. */
  static ClassArchive of(Command command) {
    String given = System.getProperty(FOLDER_PROPERTY);
    if (given == null || !command.line().get(0).equals(Java.executable())) {
      return null;
    }
    try {
      return in(Path.of(given).toAbsolutePath(), command);
    } catch (IOException e) {
      return null; // the start takes longer than it could
    }
  }

  private static ClassArchive in(Path folder, Command command) throws IOException {
    Files.createDirectories(folder);
    String part = part(command);
    String name = "%s-%08x".formatted(part, fingerprint(command.line()));
    String own =
        "%s-%d-%d.tmp".formatted(name, ProcessHandle.current().pid(), STARTED.incrementAndGet());
    return new ClassArchive(part, folder.resolve(name + ".jsa"), folder.resolve(own));
  }

  /** Whether the JVM writes the archive at its end, as there was none at its start. */
  boolean isWritten() {
    return writes;
  }

  /** The command line with the archive, or with the order to write it. */
  List<String> applied(List<String> line) {
    List<String> applied = new ArrayList<>(line);
    applied.add(
        1, writes ? "-XX:ArchiveClassesAtExit=" + written : "-XX:SharedArchiveFile=" + file);
    // which classes cannot be archived is of no use to anyone here
    applied.add(2, "-Xlog:cds=off");
    applied.add(3, "-Xlog:cds+dynamic=off");
    return applied;
  }

  /**
   * Keeps what was written by a JVM that ended as it was asked to, in place of what is outdated.
   */
  void keep(int exitCode) {
    try {
      if (!Files.exists(written)) {
        return;
      }
      if (exitCode != 0 && exitCode != SIGTERM) {
        Files.delete(written);
        return;
      }
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
      try (DirectoryStream<Path> archives =
          Files.newDirectoryStream(file.getParent(), part + "-????????.jsa")) {
        for (Path archive : archives) {
          if (!archive.equals(file)) {
            Files.delete(archive);
          }
        }
      }
    } catch (IOException e) {
      // the next start takes longer than it could, and tries again
    }
  }

  /** One part may start with one class or another: the job here or on a cluster. */
  private static String part(Command command) {
    int at = command.line().indexOf("-cp");
    if (at < 0) {
      return command.name();
    }
    String mainClass = command.line().get(at + 2);
    return command.name() + "-" + mainClass.substring(mainClass.lastIndexOf('.') + 1);
  }

  private static long fingerprint(List<String> line) throws IOException {
    CRC32C sum = new CRC32C();
    add(sum, System.getProperty("java.home") + System.getProperty("java.vm.version"));
    int at = Math.max(line.indexOf("-cp"), line.indexOf("-jar")) + 1;
    for (String entry : line.get(at).split(":", -1)) {
      Path path = Path.of(entry.endsWith("/*") ? entry.substring(0, entry.length() - 2) : entry);
      try (Stream<Path> files = Files.walk(path, 1)) {
        for (Path jar : files.filter(Files::isRegularFile).sorted().toList()) {
          add(sum, jar + " " + Files.getLastModifiedTime(jar).toMillis() + " " + Files.size(jar));
        }
      }
    }
    return sum.getValue();
  }

  private static void add(CRC32C sum, String text) {
    sum.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
