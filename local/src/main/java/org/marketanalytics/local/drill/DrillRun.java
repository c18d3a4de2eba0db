package org.marketanalytics.local.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/**
 * One drill from the start of its processes to the comparison.
 *
 * @param name as the results have it
 * @param directory for all that it leaves; empty
 * @param market what is simulated
 * @param time how long the market runs before the disturbance, and after the recovery
 * @param whole whether to wait until every bar is final; otherwise only until nothing can be late
 */
record DrillRun(
    String name,
    String description,
    Disturbance disturbance,
    Path directory,
    Market.Size market,
    Duration time,
    boolean whole) {

  private static final long MINUTE_MILLIS = 60_000;

  /** At least so much of a minute that counts has to be there before it is disturbed. */
  private static final long COUNTED_MILLIS = 5_000;

  /** Heartbeats, batches and the way to the database. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final Duration EQUAL_BOUND = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofSeconds(1);

  Outcome play() throws IOException, InterruptedException, SQLException {
    disturbance.before();
    try {
      return playOn();
    } finally {
      disturbance.after();
    }
  }

  private Outcome playOn() throws IOException, InterruptedException, SQLException {
    try (Pipeline pipeline = Pipeline.start(directory, market)) {
      Market feed = pipeline.market();
      long live = (feed.nowMillis() / 1_000 + 2) * 1_000;
      long minute = (feed.nowMillis() / MINUTE_MILLIS + 1) * MINUTE_MILLIS;
      long untilCounted = minute + COUNTED_MILLIS - feed.nowMillis();
      Thread.sleep(Math.max(time.toMillis(), untilCounted));
      Recovery.await(pipeline, System.nanoTime());

      double recoverSeconds = disturbance.play(pipeline);
      Thread.sleep(time.toMillis());

      long lastMillis = feed.nowMillis() / 1_000 * 1_000;
      long events = feed.stop();
      long stopped = System.nanoTime();
      Collection<Row> rows = ExpectedRows.of(pipeline, directory.resolve("expected"));
      Duration settling = Pipeline.LATENESS.plus(MARGIN);
      sleepUntil(stopped + (whole ? settling.plusMillis(MINUTE_MILLIS) : settling).toNanos());
      // when there is no time for windows that begin and end in view, those that end in it count
      Span span =
          whole
              ? new Span(minute, minute, Long.MAX_VALUE)
              : new Span(minute, live - MINUTE_MILLIS, lastMillis);
      Comparison comparison = compare(pipeline, rows, span);
      Files.write(directory.resolve("differences.txt"), comparison.differences());
      String complaint = disturbance.complaint(pipeline);
      return new Outcome(
          name, description, events, comparison, recoverSeconds, pipeline.restarts(), complaint);
    }
  }

  /** What is on its way gets some time to arrive; what is still different then is wrong. */
  private static Comparison compare(Pipeline pipeline, Collection<Row> rows, Span span)
      throws IOException, InterruptedException, SQLException {
    Map<String, Row> expected = span.of(rows);
    long deadline = System.nanoTime() + EQUAL_BOUND.toNanos();
    while (true) {
      pipeline.keepAlive();
      Comparison comparison = Comparison.of(expected, span.of(StoredRows.all(pipeline.database())));
      if (comparison.isEqual() || System.nanoTime() > deadline) {
        return comparison;
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    Thread.sleep(Math.max(0, (nanos - System.nanoTime()) / 1_000_000));
  }
}
