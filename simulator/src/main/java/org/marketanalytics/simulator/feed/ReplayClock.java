package org.marketanalytics.simulator.feed;

import java.time.Duration;

/**
 * When a recorded event is due: as long after the one before as their times are apart, divided by
 * the speed. Times that go back are due at once, and a jump of more than ten minutes either way is
 * one in the recording (a night, an event dated wrongly) and not waited for.
 */
final class ReplayClock {
  private static final long JUMP_MILLIS = Duration.ofMinutes(10).toMillis();

  private final double speed;
  private final long startNanos;
  private double elapsedMillis;
  private long latest;
  private boolean begun;

  ReplayClock(Pace pace, long nowNanos) {
    this.speed = pace.speed();
    this.startNanos = nowNanos;
  }

  /** Nanoseconds of {@link System#nanoTime()} at which an event of that time is due. */
  long due(long eventMillis) {
    long gap = eventMillis - latest;
    if (!begun || Math.abs(gap) > JUMP_MILLIS) {
      latest = eventMillis;
      begun = true;
    } else if (gap > 0) {
      elapsedMillis += gap;
      latest = eventMillis;
    }
    return startNanos + (long) (elapsedMillis / speed * 1e6);
  }
}
