package org.marketanalytics.app.history;

import java.time.Duration;

/**
 * Why an event is kept off the raw topic.
 *
 * @param reason short slug
 * @param error a sentence for the operator
 */
record Admission(String reason, String error) {
  /** A broker may refuse a whole batch of records for one that is an hour ahead. */
  private static final long FAR_AHEAD_MILLIS = Duration.ofMinutes(30).toMillis();

  /** Longest event that a broker takes as a record with its headers. */
  private static final int MOST_BYTES = 1_000_000;

  /** Null when the event may pass. */
  static Admission problem(long millis, byte[] value) {
    if (value.length > MOST_BYTES) {
      return new Admission(
          "oversize",
          "the event has %d bytes; at most %d are taken".formatted(value.length, MOST_BYTES));
    }
    if (millis > System.currentTimeMillis() + FAR_AHEAD_MILLIS) {
      return new Admission(
          "in-the-future", "the event's time %d is more than 30 minutes ahead".formatted(millis));
    }
    return null;
  }
}
