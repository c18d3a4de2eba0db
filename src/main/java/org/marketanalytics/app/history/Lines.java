package org.marketanalytics.app.history;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The lines of a file, plain or gzip, byte for byte; one of them in memory at a time. */
final class Lines implements Closeable {
  /** Longest line that is kept whole: a frame of the feed has 16 MiB at most. */
  static final int MOST_BYTES = 17 * 1024 * 1024;

  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final int BUFFER = 1 << 16;

  private final InputStream input;
  private final byte[] buffer = new byte[BUFFER];
  private ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private int position;
  private int limit;
  private long number;

  Lines(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      raw.mark(2);
      boolean gzip = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
      raw.reset();
      input = gzip ? new GZIPInputStream(raw, BUFFER) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /**
   * The next line without its end, cut after {@link #MOST_BYTES}; null after the last.
   *
   * @throws IOException when the file cannot be read further, such as a gzip file that was cut off
   */
  byte[] next() throws IOException {
    begun.reset();
    boolean any = false;
    while (true) {
      if (position == limit) {
        limit = Math.max(0, input.read(buffer));
        position = 0;
        if (limit == 0) {
          return any ? line() : null;
        }
      }
      any = true;
      int start = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      begun.write(buffer, start, Math.min(position - start, MOST_BYTES - begun.size()));
      if (position < limit) {
        position++;
        return line();
      }
    }
  }

  /** The number of the line that came last; the first is 1. */
  long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  private byte[] line() {
    number++;
    byte[] line = begun.toByteArray();
    if (line.length > BUFFER) {
      begun = new ByteArrayOutputStream(); // one long line is no reason to keep its room
    }
    boolean carriage = line.length > 0 && line[line.length - 1] == '\r';
    return carriage ? Arrays.copyOf(line, line.length - 1) : line;
  }
}
