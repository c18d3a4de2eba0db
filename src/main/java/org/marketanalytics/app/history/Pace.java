package org.marketanalytics.app.history;

import java.time.Duration;

/**
 * When an event is due: as long after the one before as their times are apart, divided by the
 * speed. Times that go back are due at once, and a jump of more than ten minutes either way is not
 * waited for: it is a night, or the next symbol of a file that is sorted by symbol.
 */
final class Pace {
  private static final long JUMP_MILLIS = Duration.ofMinutes(10).toMillis();
  private static final double NANOS_PER_MILLI = 1e6;

  private final double speed;
  private final long startNanos;
  private double elapsedMillis;
  private long latestMillis;
  private boolean begun;

  /** A pace for one file; {@code max} waits for nothing. */
  Pace(String speed, long nowNanos) {
    this.speed = speed.equals("max") ? Double.POSITIVE_INFINITY : Double.parseDouble(speed);
    this.startNanos = nowNanos;
  }

  /** Nanoseconds of {@link System#nanoTime()} at which an event of that time is due. */
  long dueNanos(long millis) {
    long gap = millis - latestMillis;
    if (!begun || Math.abs(gap) > JUMP_MILLIS) {
      begun = true;
      latestMillis = millis;
    } else if (gap > 0) {
      elapsedMillis += gap;
      latestMillis = millis;
    }
    return startNanos + (long) (elapsedMillis / speed * NANOS_PER_MILLI);
  }
}
