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

  /** How long it has been known, in milliseconds. */
  public long ageMillis(long nowMillis) {
    return nowMillis - openedMillis;
  }
}
