package org.marketanalytics.simulator.market;

/**
 * The event at hand, one object for the whole market: drawn, counted, written, and overwritten by
 * the next.
 */
final class Tick {
  long timeMillis;
  long price;
  long size;
  long spread;
  long id;
  long sequence;
  int exchange;
  int facility;
  int delayMillis;
  ConditionSet conditions = ConditionSet.NONE;
}
