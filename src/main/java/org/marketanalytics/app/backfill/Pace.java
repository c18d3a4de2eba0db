package org.marketanalytics.app.backfill;

import java.util.function.BooleanSupplier;

/** How often the REST interface may be asked, by all together. */
final class Pace {
  private static final long MINUTE_MICROS = 60_000_000;
  private static final long MICROS_OF_A_MILLI = 1_000;
  private static final long LOOK_MILLIS = 100;

  private final long spacingMicros;
  private long nextMicros;

  Pace(int requestsPerMinute) {
    spacingMicros = MINUTE_MICROS / requestsPerMinute;
  }

  /**
   * Waits for the turn of a request.
   *
   * @return false when it was stopped before
   */
  boolean await(Fetch fetch, BooleanSupplier stopped) throws InterruptedException {
    while (!stopped.getAsBoolean()) {
      long wait = takeAfter(fetch.notBeforeMillis(), System.currentTimeMillis());
      if (wait <= 0) {
        return true;
      }
      // short, so that the application can end meanwhile
      Thread.sleep(Math.min(wait, LOOK_MILLIS));
    }
    return false;
  }

  /** Takes a turn, or tells how many milliseconds there is none. */
  synchronized long takeAfter(long notBeforeMillis, long nowMillis) {
    long now = nowMillis * MICROS_OF_A_MILLI;
    long due = Math.max(nextMicros, notBeforeMillis * MICROS_OF_A_MILLI);
    if (now < due) {
      return (due - now + MICROS_OF_A_MILLI - 1) / MICROS_OF_A_MILLI;
    }
    // a turn that nobody took is lost, but for what the clock does not tell
    nextMicros = Math.max(nextMicros, now - MICROS_OF_A_MILLI) + spacingMicros;
    return 0;
  }

  /** Nobody may ask before that time. */
  synchronized void hold(long untilMillis) {
    nextMicros = Math.max(nextMicros, untilMillis * MICROS_OF_A_MILLI);
  }
}
