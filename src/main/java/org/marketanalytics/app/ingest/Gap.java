package org.marketanalytics.app.ingest;

/**
 * A time in which events are missing on the raw topic. Times are milliseconds since the epoch.
 *
 * @param fromMillis at the feed: what it sent before is there
 * @param toMillis at the feed: what it sent from then on is there, or will come live
 * @param openedMillis by the wall clock, when it was found
 * @param settledMillis by the wall clock, when it was last made larger
 */
public record Gap(long fromMillis, long toMillis, long openedMillis, long settledMillis) {

  /** The smallest gap that covers both. */
  Gap and(Gap other) {
    return new Gap(
        Math.min(fromMillis, other.fromMillis),
        Math.max(toMillis, other.toMillis),
        Math.min(openedMillis, other.openedMillis),
        Math.max(settledMillis, other.settledMillis));
  }

  /** The part before a time. */
  Gap before(long millis) {
    return new Gap(fromMillis, millis, openedMillis, settledMillis);
  }

  /** The same without what is older. */
  Gap notBefore(long millis) {
    return new Gap(Math.max(fromMillis, millis), toMillis, openedMillis, settledMillis);
  }

  /** The part from a time on, as a gap that was found now. */
  Gap from(long millis, long nowMillis) {
    return new Gap(millis, toMillis, nowMillis, settledMillis);
  }

  /** How long it has been known, in milliseconds. */
  public long ageMillis(long nowMillis) {
    return nowMillis - openedMillis;
  }
}
