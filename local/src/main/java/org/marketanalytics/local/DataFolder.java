package org.marketanalytics.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** The folder of a demo's data, which one demo at a time may use. */
final class DataFolder implements AutoCloseable {

  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the folder, which is made if need be. The system gives it back when this process ends,
   * however it ends.
   *
   * @throws PartFailedException when another demo has it
   */
  static DataFolder take(Path path) throws IOException {
    Path folder = Files.createDirectories(path.toAbsolutePath().normalize());
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      taken = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // taken by this process
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    if (!taken) {
      throw new PartFailedException(
          "%s is used by another demo; stop that one, or give another folder with --data"
              .formatted(folder));
    }
    return new DataFolder(folder, channel);
  }

  /** Deletes all that earlier demos left here. */
  void empty() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      for (Path entry : entries.filter(entry -> !entry.endsWith(LOCK)).toList()) {
        Archive.delete(entry);
      }
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
