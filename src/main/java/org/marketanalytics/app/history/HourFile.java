package org.marketanalytics.app.history;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.zip.GZIPOutputStream;

/**
 * The recording of an hour: lines, packed in parts that are each a whole gzip file. Parts one after
 * the other are a gzip file, too, so one that nobody closed can be read up to its last part.
 */
final class HourFile implements Closeable {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH").withZone(ZoneOffset.UTC);
  private static final int MOST_FILES = 1_000;

  private final Instant hour;
  private final FileChannel file;
  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
  private OutputStream part;
  private int bytesInPart;

  private HourFile(Instant hour, FileChannel file) {
    this.hour = hour;
    this.file = file;
  }

  /**
   * Makes a file for the hour of a time, such as {@code stocks-2026-11-22T19.jsonl.gz}; where one
   * is there already, {@code stocks-2026-11-22T19_01.jsonl.gz} and so on, in the order of names.
   */
  static HourFile create(Path folder, String cluster, Instant time) throws IOException {
    String name = cluster + "-" + NAME.format(time);
    for (int i = 0; i < MOST_FILES; i++) {
      String counter = i == 0 ? "" : "_%02d".formatted(i);
      Path file = folder.resolve(name + counter + ".jsonl.gz");
      try {
        return new HourFile(
            time.truncatedTo(ChronoUnit.HOURS),
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      } catch (FileAlreadyExistsException e) {
        // of an earlier run; it stays as it is
      }
    }
    throw new IOException("%s has %d files of this hour".formatted(folder, MOST_FILES));
  }

  boolean covers(Instant time) {
    return hour.equals(time.truncatedTo(ChronoUnit.HOURS));
  }

  /** Adds a line. A line break in it, which JSON takes for a blank, becomes one. */
  void add(byte[] line) throws IOException {
    if (part == null) {
      part = new GZIPOutputStream(packed);
    }
    byte[] whole = line.clone();
    for (int i = 0; i < whole.length; i++) {
      if (whole[i] == '\n' || whole[i] == '\r') {
        whole[i] = ' ';
      }
    }
    part.write(whole);
    part.write('\n');
    bytesInPart += whole.length + 1;
  }

  int bytesInPart() {
    return bytesInPart;
  }

  /** Ends the part and writes it; the file is as it was when that fails. */
  void flush() throws IOException {
    if (part == null) {
      return;
    }
    part.close();
    part = null;
    bytesInPart = 0;
    long end = file.position();
    ByteBuffer bytes = ByteBuffer.wrap(packed.toByteArray());
    packed.reset();
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      file.truncate(end);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      flush();
    }
  }
}
