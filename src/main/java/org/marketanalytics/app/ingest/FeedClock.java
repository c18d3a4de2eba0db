package org.marketanalytics.app.ingest;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What time it is at the feed: the greatest time of an event, and the wall time since, as long as
 * the pipeline takes what the feed sends. While it is held up, events wait that are older than the
 * wall clock says; then this clock stands still, so that they are not late when their turn comes.
 */
final class FeedClock {
  /** What is further ahead than clocks differ says nothing about the time at the feed. */
  static final long AHEAD_MILLIS = Duration.ofSeconds(5).toMillis();

  private static final long UNKNOWN = Long.MIN_VALUE;

  private long eventMillis = UNKNOWN;
  private long wallMillis;

  /**
   * Tells the time of an event.
   *
   * @param millis of the event, since the epoch
   * @param nowMillis the wall clock
   */
  synchronized void saw(long millis, long nowMillis) {
    if (millis > eventMillis) {
      eventMillis = millis;
      wallMillis = nowMillis;
    }
  }

  /** The greatest time that was told or came to pass, without the wall time since. */
  synchronized OptionalLong latestMillis() {
    return eventMillis == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(eventMillis);
  }

  /**
   * The time at the feed in milliseconds since the epoch; empty before the first event.
   *
   * @param nowMillis the wall clock
   * @param heldUp whether events wait; then the clock has not moved since it was last asked
   */
  synchronized OptionalLong millis(long nowMillis, boolean heldUp) {
    if (eventMillis == UNKNOWN) {
      return OptionalLong.empty();
    }
    if (!heldUp) {
      eventMillis += Math.max(0, nowMillis - wallMillis);
    }
    wallMillis = nowMillis;
    return OptionalLong.of(eventMillis);
  }
}
