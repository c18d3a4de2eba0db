package org.marketanalytics.camel.polygon;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;

/**
 * Exponential backoff with full jitter: the n-th delay is uniform between 0 and initial · 2ⁿ, at
 * most a maximum, so that clients dropped together do not come back together.
 */
final class Backoff {

  private final long initialMillis;
  private final long maxMillis;
  private final LongUnaryOperator randomUpTo;
  private long boundMillis;

  Backoff(Duration initial, Duration max) {
    this(initial, max, bound -> ThreadLocalRandom.current().nextLong(bound + 1));
  }

  /**
   * Makes a backoff with its own chance.
   *
   * @param randomUpTo a number between 0 and its argument, both included
   */
  Backoff(Duration initial, Duration max, LongUnaryOperator randomUpTo) {
    this.initialMillis = initial.toMillis();
    this.maxMillis = max.toMillis();
    this.randomUpTo = randomUpTo;
    reset();
  }

  /** The delay before the next attempt; the one after it may be twice as long. */
  Duration next() {
    long delayMillis = randomUpTo.applyAsLong(boundMillis);
    boundMillis = Math.min(maxMillis, Math.max(1, boundMillis) * 2);
    return Duration.ofMillis(delayMillis);
  }

  /** Starts again from the initial delay. */
  void reset() {
    boundMillis = Math.min(initialMillis, maxMillis);
  }
}
