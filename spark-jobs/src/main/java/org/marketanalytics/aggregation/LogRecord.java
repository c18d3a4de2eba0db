package org.marketanalytics.aggregation;

import java.util.Arrays;

/**
 * One record of the raw topic.
 *
 * @param offset its offset in the partition
 * @param timestampMillis its Kafka time stamp
 * @param receivedMillis header {@code received}: when the event came in, or {@link #UNKNOWN}
 * @param ev header {@code ev}: the event's kind, or null when there is none
 * @param bytes what the event's JSON stands in, or null when there is none
 * @param from where it begins
 * @param length how many bytes it has
 */
@SuppressWarnings(
    "ArrayRecordComponent") // the bytes are the feed's own and are neither compared nor changed
public record LogRecord(
    long offset,
    long timestampMillis,
    long receivedMillis,
    String ev,
    byte[] bytes,
    int from,
    int length) {

  /** Stands for a missing time. */
  public static final long UNKNOWN = -1;

  /** A record whose event, or null, is all of an array. */
  public LogRecord(
      long offset, long timestampMillis, long receivedMillis, String ev, byte[] value) {
    this(offset, timestampMillis, receivedMillis, ev, value, 0, value == null ? 0 : value.length);
  }

  /** The event's JSON, or null. */
  public byte[] value() {
    boolean isWhole = bytes == null || length == bytes.length;
    return isWhole ? bytes : Arrays.copyOfRange(bytes, from, from + length);
  }

  /**
   * Whether the record may move a clock: its own time stamp is the word of whoever wrote it, up to
   * an hour ahead of the brokers' time.
   */
  boolean tellsTime() {
    return receivedMillis >= 0;
  }

  /**
   * When the event came in. Without the header the record's own time stamp stands in: it is part of
   * the log, as the wall clock is not, and still bounds an event that claims to lie in the future.
   */
  long receivedOr(long eventEndMillis) {
    if (tellsTime()) {
      return receivedMillis;
    }
    return timestampMillis >= 0 ? timestampMillis : eventEndMillis;
  }
}
