package org.marketanalytics.aggregation;

/**
 * Moves the clock of a partition in which nothing happens, and says how far its log is complete.
 *
 * @param endMillis the time at the feed
 * @param completeMillis what the feed sent before this time is on the log; later events are being
 *     fetched. {@link #ALL}: nothing is missing
 */
record Heartbeat(long endMillis, long completeMillis) implements Event {
  static final String EV = "heartbeat";

  /** Everything up to now is on the log. */
  static final long ALL = Long.MAX_VALUE;
}
