package org.marketanalytics.camel.polygon;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The wall clock as seen by received frames: one for the process, and it never goes back, because
 * receivers take the later of two versions of an event by it.
 */
final class ReceptionClock {

  private static final AtomicLong LAST_MILLIS = new AtomicLong();

  private ReceptionClock() {}

  /** The time in milliseconds since the epoch, at least as great as any returned before. */
  static long millis() {
    return LAST_MILLIS.accumulateAndGet(System.currentTimeMillis(), Math::max);
  }
}
