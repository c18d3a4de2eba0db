package org.marketanalytics.local.drill;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;

/** Waits until the pipeline is as fresh as before a fault, and no gap of the feed is open. */
final class Recovery {

  /** How old the newest moving average may be: that of an undisturbed pipeline is 1 to 2 s old. */
  private static final Duration FRESH = Duration.ofSeconds(3);

  private static final Duration BOUND = Duration.ofMinutes(4);
  private static final Duration POLL = Duration.ofMillis(200);

  private Recovery() {}

  /**
   * Returns when it is so.
   *
   * @param overNanos when the fault was over, by {@link System#nanoTime}; rows of the time before
   *     it prove nothing
   * @return the time since then in seconds
   */
  static double await(Pipeline pipeline, long overNanos) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + BOUND.toNanos();
    long since = pipeline.market().nowMillis() - (System.nanoTime() - overNanos) / 1_000_000;
    String state = state(pipeline, since);
    while (!state.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("not recovered after %d s: %s".formatted(BOUND.toSeconds(), state));
      }
      Thread.sleep(POLL.toMillis());
      state = state(pipeline, since);
    }
    return (System.nanoTime() - overNanos) / 1e9;
  }

  /** Why it has not recovered; empty when it has. */
  private static String state(Pipeline pipeline, long sinceMillis)
      throws IOException, InterruptedException {
    pipeline.keepAlive();
    try {
      OptionalLong newest = StoredRows.newestWindowEnd(pipeline.database());
      long ageMillis = pipeline.market().nowMillis() - newest.orElse(0);
      if (newest.orElse(0) < sinceMillis || ageMillis > FRESH.toMillis()) {
        return newest.isEmpty() ? "no row" : "the newest row is %d ms old".formatted(ageMillis);
      }
    } catch (SQLException e) {
      return "the database does not answer: " + e.getMessage();
    }
    // asked after the rows: one that is fresh stands on a frame that has opened the gap before it
    try {
      long gaps = pipeline.openGaps();
      return gaps == 0 ? "" : gaps + " gaps are open";
    } catch (IOException e) {
      return "the application does not answer: " + e.getMessage();
    }
  }
}
