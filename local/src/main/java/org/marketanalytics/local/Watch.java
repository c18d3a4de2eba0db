package org.marketanalytics.local;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Watches running parts: says how they do now and then, and fails when one dies. */
final class Watch {

  private static final Duration NEW_ROW_BOUND = Duration.ofSeconds(90);
  private static final Duration STATUS_PERIOD = Duration.ofSeconds(10);

  /** Counting rows may take this share of the time, as tables grow. */
  private static final int COUNTING_SHARE = 100;

  private static final long POLL_MILLIS = 50;

  private final Parts parts;
  private final Freshness freshness;
  private final Memory memory;
  private final Screen screen;
  private final CompletableFuture<String> death;
  private final long begunAt = System.nanoTime();

  Watch(Parts parts, Freshness freshness, Memory memory, Screen screen) {
    this.parts = parts;
    this.freshness = freshness;
    this.memory = memory;
    this.screen = screen;
    this.death = parts.death();
  }

  /**
   * Waits until a new row can be read, so that the pipeline is up and keeps up.
   *
   * @throws PartFailedException when a part dies, or none comes within 90 s
   */
  void awaitNewRow(FreshnessProbe probe) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + NEW_ROW_BOUND.toNanos();
    while (!probe.sawNewRow()) {
      failIfDeadWithin(POLL_MILLIS);
      if (System.nanoTime() > deadline) {
        throw new PartFailedException(
            "all parts run, but no new row reached the database within %d s; see their logs"
                .formatted(NEW_ROW_BOUND.toSeconds()));
      }
    }
  }

  /** Returns only by an exception. */
  void forever() throws IOException, InterruptedException, SQLException {
    while (true) {
      until(System.nanoTime() + Duration.ofDays(1).toNanos());
    }
  }

  /**
   * Prints a line of status now and then until it is time.
   *
   * @param deadline of {@link System#nanoTime()}
   * @throws PartFailedException when a part dies
   */
  void until(long deadline) throws IOException, InterruptedException, SQLException {
    long periodNanos = STATUS_PERIOD.toNanos();
    while (true) {
      long leftNanos = deadline - System.nanoTime();
      failIfDeadWithin(TimeUnit.NANOSECONDS.toMillis(Math.min(periodNanos, leftNanos)));
      if (leftNanos <= periodNanos) {
        return;
      }
      long begunNanos = System.nanoTime();
      status();
      long tookNanos = System.nanoTime() - begunNanos;
      periodNanos = Math.max(STATUS_PERIOD.toNanos(), tookNanos * COUNTING_SHARE);
    }
  }

  /** What is wrong with the page of a market that runs; empty when it shows symbols. */
  String pageComplaint() throws InterruptedException {
    URI symbols = parts.application().page().resolve("/api/symbols");
    try {
      return Http.get(symbols).contains("\"symbol\"") ? "" : symbols + " shows no symbol";
    } catch (IOException e) {
      return "the page does not answer: " + e.getMessage();
    }
  }

  /** Ends the market and waits until all is stored; says where it got stuck, else nothing. */
  String drain() throws IOException, InterruptedException {
    if (parts.simulator() != null) {
      parts.simulator().stopMarket();
    }
    String stuck = new Drain(parts, death).await();
    failIfDeadWithin(0);
    return stuck;
  }

  /**
   * Waits until no row of a market that has ended can change any more and all are stored; says
   * where it got stuck, else nothing.
   */
  String awaitLastRows(Duration lateness) throws IOException, InterruptedException, SQLException {
    String stuck = new LastRows(parts, lateness, death).await();
    failIfDeadWithin(0);
    return stuck.isEmpty() ? drain() : stuck;
  }

  /**
   * The figures up to now.
   *
   * @param replayed the events' times lie in the past, and freshness says nothing
   * @param ofNow see {@link Summary}
   */
  Summary summary(boolean replayed, boolean ofNow, double readySeconds)
      throws IOException, InterruptedException, SQLException {
    Tables tables = Tables.count(parts.database());
    RecordCounter records = parts.records();
    AggregatedRows rows = records.rows();
    return new Summary(
        parts.simulator() == null ? null : parts.simulator().stats().wellFormedSent(),
        records.count(Topics.RAW),
        records.count(Topics.AGGREGATED),
        tables.bars(),
        tables.movingAverages(),
        records.count(Topics.DEAD_LETTER),
        replayed ? null : orNull(freshness.percentileMillis(50)),
        replayed ? null : orNull(freshness.percentileMillis(99)),
        readySeconds,
        orNull(memory.peakMib()),
        Tables.countFrom(parts.database(), rows.fromRevision()),
        orNull(rows.bars()),
        orNull(rows.movingAverages()),
        ofNow);
  }

  private void status() throws SQLException {
    if (ChildProcess.isShuttingDown()) {
      return;
    }
    Tables tables = Tables.count(parts.database());
    RecordCounter records = parts.records();
    screen.line(
        "  %5d s  raw %,d  aggregated %,d  bars %,d  averages %,d  dead letters %d  age %s / %s s  memory %s MiB",
        Duration.ofNanos(System.nanoTime() - begunAt).toSeconds(),
        records.count(Topics.RAW),
        records.count(Topics.AGGREGATED),
        tables.bars(),
        tables.movingAverages(),
        records.count(Topics.DEAD_LETTER),
        seconds(freshness.percentileMillis(50)),
        seconds(freshness.percentileMillis(99)),
        mib(memory.lastMib()));
  }

  private void failIfDeadWithin(long millis) throws IOException, InterruptedException {
    try {
      throw new PartFailedException(death.get(Math.max(0, millis), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      // alive
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static String mib(OptionalLong value) {
    return value.isPresent() ? "%,d".formatted(value.getAsLong()) : "-";
  }

  private static String seconds(OptionalLong millis) {
    return millis.isPresent() ? "%.1f".formatted(millis.getAsLong() / 1000.0) : "-";
  }
}
