package org.marketanalytics.app.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.marketanalytics.app.OneLine;
import org.marketanalytics.camel.polygon.PolygonConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bean that records what the feed sends: each frame a line, a file each hour. It never holds
 * the feed up: what the disk does not take in time is dropped and counted.
 */
public final class Recording implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

  /** Of the frames that wait for the disk; a bigger frame is never recorded. */
  private static final long MOST_WAITING_BYTES = 32L * 1024 * 1024;

  /** So much, or so long, is lost when the application is killed. */
  private static final int PART_BYTES = 1024 * 1024;

  private static final Duration PART = Duration.ofSeconds(1);

  /** After the disk has refused; then it is asked again. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path folder;
  private final Counter recorded;
  private final Counter dropped;
  private final BlockingQueue<Frame> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Thread thread = new Thread(this::run, "recording");
  private volatile boolean closing;
  private volatile boolean complaining;
  private HourFile file;

  /** Frames that are not in the file yet, or were not when it failed. */
  private int unwritten;

  private long flushNanos;
  private long pausedUntilNanos;

  /** One that waits for the disk. */
  private static final class Frame {
    private final String cluster;
    private final Instant received;
    private final byte[] bytes;

    Frame(String cluster, Instant received, byte[] bytes) {
      this.cluster = cluster;
      this.received = received;
      this.bytes = bytes;
    }
  }

  /**
   * A recording into a folder.
   *
   * @param folder blank: nothing is recorded
   */
  public Recording(MeterRegistry meters, String folder) {
    this.folder = folder.isEmpty() ? null : Path.of(folder);
    this.recorded =
        Counter.builder("market.frames.recorded")
            .description("frames that are in the recording")
            .register(meters);
    this.dropped =
        Counter.builder("market.frames.unrecorded")
            .description("frames that the disk did not take in time")
            .register(meters);
    if (this.folder != null) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Records the frame in the body, or drops it; returns at once. */
  public void write(Exchange exchange) {
    if (folder == null) {
      return;
    }
    byte[] bytes = exchange.getMessage().getBody(byte[].class);
    if (waitingBytes.addAndGet(bytes.length) > MOST_WAITING_BYTES) {
      waitingBytes.addAndGet(-bytes.length);
      drop(1, "the disk does not keep up");
      return;
    }
    long received = exchange.getMessage().getHeader(PolygonConstants.RECEIVED, Long.class);
    String cluster = exchange.getMessage().getHeader(PolygonConstants.CLUSTER, String.class);
    waiting.add(new Frame(cluster, Instant.ofEpochMilli(received), bytes));
  }

  /** Writes what waits, and ends the file. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing || !waiting.isEmpty()) {
        Frame frame = waiting.poll(PART.toMillis() / 5, TimeUnit.MILLISECONDS);
        if (frame != null) {
          waitingBytes.addAndGet(-frame.bytes.length);
        }
        take(frame);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  /** Records a frame, null for none, and writes what is long enough in memory. */
  private void take(Frame frame) {
    if (pausedUntilNanos != 0 && System.nanoTime() - pausedUntilNanos < 0) {
      if (frame != null) {
        drop(1, "the disk refuses");
      }
      return;
    }
    try {
      if (frame != null) {
        unwritten++;
        add(frame);
      }
      boolean due = file != null && System.nanoTime() - flushNanos > 0;
      if (due || (file != null && file.bytesInPart() >= PART_BYTES)) {
        flush();
      }
    } catch (IOException e) {
      pausedUntilNanos = System.nanoTime() + PAUSE.toNanos();
      drop(unwritten, OneLine.of(e));
      unwritten = 0;
      end();
    }
  }

  private void add(Frame frame) throws IOException {
    if (file != null && !file.covers(frame.received)) {
      HourFile over = file;
      file = null;
      over.close();
      recorded.increment(unwritten - 1.0);
      unwritten = 1; // the frame that is not of this hour
    }
    if (file == null) {
      file = HourFile.create(folder, frame.cluster, frame.received);
      flushNanos = System.nanoTime() + PART.toNanos();
    }
    file.add(frame.bytes);
  }

  private void flush() throws IOException {
    flushNanos = System.nanoTime() + PART.toNanos();
    file.flush();
    recorded.increment(unwritten);
    unwritten = 0;
    pausedUntilNanos = 0;
    if (complaining && waitingBytes.get() < MOST_WAITING_BYTES / 2) {
      complaining = false;
      LOG.info("the recording goes on frames_dropped={}", (long) dropped.count());
    }
  }

  private void end() {
    HourFile over = file;
    file = null;
    if (over == null) {
      return;
    }
    try {
      over.close();
      recorded.increment(unwritten);
    } catch (IOException e) {
      drop(unwritten, OneLine.of(e));
    }
  }

  /** Counts frames; one line for all that follow, until the recording goes on. */
  private void drop(int frames, String cause) {
    dropped.increment(frames);
    if (!complaining) {
      complaining = true;
      LOG.warn(
          "frames are not recorded, ingest goes on; they are counted in market_frames_unrecorded_total folder={} cause={}",
          folder,
          cause);
    }
  }
}
