package org.marketanalytics.app.ingest;

import java.time.Duration;

/**
 * Why an event is kept off the raw topic, whether the feed sent it or a file holds it.
 *
 * @param reason short slug
 * @param error a sentence for the operator
 */
public record Admission(String reason, String error) {
  /** A broker may refuse a whole batch of records for one that is an hour ahead. */
  private static final long FAR_AHEAD_MILLIS = Duration.ofMinutes(30).toMillis();

  /** The feed's longest kind has 4 characters, its longest symbol, of an option, some 25. */
  private static final int MOST_KIND = 64;

  private static final int MOST_SYMBOL = 256;

  /** Longest event that a broker takes as a record with its key and headers, in bytes. */
  private static final int MOST_BYTES = 1_000_000;

  /**
   * Null when the event may pass.
   *
   * @param ev its kind
   * @param symbol what it is about
   * @param millis its time
   * @param receivedMillis when it came in
   * @param bytes its length
   */
  public static Admission problem(
      String ev, String symbol, long millis, long receivedMillis, int bytes) {
    if (bytes > MOST_BYTES) {
      return new Admission(
          "oversize", "the event has %d bytes; at most %d are taken".formatted(bytes, MOST_BYTES));
    }
    if (symbol.length() > MOST_SYMBOL) {
      return new Admission(
          "bad-symbol",
          "the symbol has %d characters; at most %d are taken"
              .formatted(symbol.length(), MOST_SYMBOL));
    }
    if (ev.length() > MOST_KIND) {
      return new Admission(
          "bad-ev", "ev has %d characters; at most %d are taken".formatted(ev.length(), MOST_KIND));
    }
    if (ev.equals(RawRecord.HEARTBEAT)) {
      return new Admission(
          "reserved-ev", "ev=%s is the pipeline's own: no feed may set its clock".formatted(ev));
    }
    if (millis > receivedMillis + FAR_AHEAD_MILLIS) {
      return new Admission(
          "in-the-future", "the event's time %d is more than 30 minutes ahead".formatted(millis));
    }
    return null;
  }
}
