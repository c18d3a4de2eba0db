package org.marketanalytics.simulator.feed;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.marketanalytics.simulator.market.JsonBytes;

/**
 * Writes down what the market made, gzip, an event a line, as a replay reads it. What is older than
 * a second can be read while it is written.
 */
final class Journal implements Closeable {
  private static final int BUFFER = 1 << 16;
  private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final OutputStream out;
  private final JsonBytes lines = new JsonBytes(BUFFER);
  private long flushedNanos = System.nanoTime();
  private boolean closed;

  /**
   * Begins a file, in place of one that is there.
   *
   * @throws IOException naming the file if it cannot be written
   */
  Journal(Path file) throws IOException {
    try {
      out = new Gzip(Files.newOutputStream(file));
    } catch (IOException e) {
      throw new IOException("--journal " + file + ": cannot be written: " + e, e);
    }
  }

  /** Quick rather than small: it is on the way of every event. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream file) throws IOException {
      super(new BufferedOutputStream(file, BUFFER), BUFFER, true);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** Writes the events of those subscriptions. */
  synchronized void write(EventBatch batch, Subscriptions wanted) {
    for (int i = 0; i < batch.count(); i++) {
      if (wanted.matches(batch.channel(i), batch.symbol(i))) {
        batch.copyTo(lines, i);
        lines.append('\n');
      }
    }
    write();
  }

  /** Writes a line that is no event. */
  synchronized void write(byte[] line) {
    lines.append(line).append('\n');
    write();
  }

  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      out.close();
    }
  }

  private void write() {
    try {
      if (!closed) {
        out.write(lines.copy(0, lines.length()));
        if (System.nanoTime() - flushedNanos > FLUSH_NANOS) {
          out.flush();
          flushedNanos = System.nanoTime();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the journal cannot be written: " + e.getMessage(), e);
    } finally {
      lines.truncate(0);
    }
  }
}
