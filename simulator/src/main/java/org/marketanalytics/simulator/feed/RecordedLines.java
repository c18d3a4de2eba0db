package org.marketanalytics.simulator.feed;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * The lines of a recording, plain or gzip, byte for byte: they may be anything, even invalid UTF-8.
 */
final class RecordedLines implements Closeable {
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final int BUFFER = 1 << 16;

  private final InputStream input;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER);
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;

  RecordedLines(Path file) throws IOException {
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

  /** The next line that is not empty, without its end; null after the last. */
  byte[] next() throws IOException {
    while (true) {
      byte[] bytes = read();
      if (bytes == null || bytes.length > 0) {
        return bytes;
      }
    }
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  private byte[] read() throws IOException {
    line.reset();
    boolean any = false;
    while (true) {
      if (position == limit) {
        limit = input.read(buffer);
        position = 0;
        if (limit < 0) {
          limit = 0;
          return any ? line() : null;
        }
      }
      any = true;
      int start = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      line.write(buffer, start, position - start);
      if (position < limit) {
        position++;
        return line();
      }
    }
  }

  private byte[] line() {
    byte[] bytes = line.toByteArray();
    if (bytes.length > 0 && bytes[bytes.length - 1] == '\r') {
      return Arrays.copyOf(bytes, bytes.length - 1);
    }
    return bytes;
  }
}
