package org.marketanalytics.bench;

import java.io.IOException;
import java.time.Duration;

/** Looks again and again, without end only up to a bound. */
final class Wait {

  private static final Duration BOUND = Duration.ofMinutes(5);

  /** What is waited for. */
  @FunctionalInterface
  interface Condition {

    /**
     * Whether it is so now.
     *
     * @throws Exception when that cannot be told
     */
    boolean holds() throws Exception;
  }

  private Wait() {}

  /**
   * Returns when it is so.
   *
   * @param period between two looks
   * @throws IOException naming what it waited for, after five minutes
   */
  static void until(String what, Duration period, Condition condition) throws Exception {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("waited %d s in vain for: %s".formatted(BOUND.toSeconds(), what));
      }
      Thread.sleep(period.toMillis());
    }
  }
}
