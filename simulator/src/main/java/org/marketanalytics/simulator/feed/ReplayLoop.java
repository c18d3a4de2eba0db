package org.marketanalytics.simulator.feed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes a recording in the order of its file. */
final class ReplayLoop implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayLoop.class);
  private static final Duration IDLE = Duration.ofMillis(200);

  private final Path file;
  private final Pace pace;
  private final long flushNanos;
  private final Feed feed;
  private final ReplayHistory history;
  private final EventBatch batch;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final Thread thread = new Thread(this::run, "replay");
  private volatile boolean stopping;

  ReplayLoop(Path file, Pace pace, FrameRules frames, Feed feed, ReplayHistory history) {
    this.file = file;
    this.pace = pace;
    this.flushNanos = frames.flushInterval().toNanos();
    this.feed = feed;
    this.history = history;
    this.batch = new EventBatch(frames.maxEvents());
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public CompletableFuture<Boolean> stop() {
    stopping = true;
    return ended.copy();
  }

  @Override
  public CompletableFuture<Boolean> ended() {
    return ended.copy();
  }

  @Override
  public CompletableFuture<Void> begun() {
    return begun.copy();
  }

  /** The wall clock: a recording may hold any times in any order. */
  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      ended.complete(replay());
    } catch (InterruptedException e) {
      ended.complete(false);
    } catch (IOException | RuntimeException e) {
      LOG.error("replay failed file={} cause={}", file, e.toString());
      ended.completeExceptionally(e);
    }
  }

  private boolean replay() throws IOException, InterruptedException {
    while (!feed.hasSubscribers() && !stopping) {
      feed.awaitSubscriber(IDLE);
    }
    begun.complete(null);
    LOG.info("replay begins file={} speed={}", file, pace.speed());
    ReplayClock clock = new ReplayClock(pace, System.nanoTime());
    long lines = 0;
    try (RecordedLines recording = new RecordedLines(file)) {
      for (byte[] line = recording.next(); line != null && !stopping; line = recording.next()) {
        send(line, clock);
        lines++;
      }
    }
    feed.publish(batch);
    boolean drained = feed.drain();
    LOG.info("replay ended file={} lines={}", file, lines);
    return drained;
  }

  private void send(byte[] line, ReplayClock clock) throws InterruptedException {
    Optional<List<RecordedEvent>> events = RecordedEvent.parse(line);
    if (events.isEmpty()) {
      feed.publish(batch);
      feed.publishRaw(EventBatch.Frame.raw(line));
      return;
    }
    for (RecordedEvent event : events.get()) {
      if (event.sentMillis() > 0) {
        await(clock.due(event.sentMillis()));
      }
      int symbol = feed.symbols().number(event.symbol());
      batch
          .begin(event.channel(), symbol, event.timeMillis())
          .append(line, event.from(), event.to() - event.from());
      batch.end();
      history.add(event, line);
      if (batch.isFull()) {
        feed.publish(batch);
      }
    }
  }

  /** Waits if there is more than a flush interval to wait for; what is at hand is sent before. */
  private void await(long dueNanos) throws InterruptedException {
    if (pace.unbounded() || dueNanos - System.nanoTime() < flushNanos) {
      return;
    }
    feed.publish(batch);
    long left = dueNanos - System.nanoTime();
    while (left > 0 && !stopping) {
      LockSupport.parkNanos(Math.min(left, IDLE.toNanos()));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      left = dueNanos - System.nanoTime();
    }
  }
}
