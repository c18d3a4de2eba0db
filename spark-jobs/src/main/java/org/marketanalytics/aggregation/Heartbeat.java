package org.marketanalytics.aggregation;

/** Moves the clock of a partition in which nothing happens. */
record Heartbeat(long endMillis) implements Event {
  static final String EV = "heartbeat";
}
