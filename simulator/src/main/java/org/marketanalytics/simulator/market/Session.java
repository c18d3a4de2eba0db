package org.marketanalytics.simulator.market;

/** A part of the trading day. */
public enum Session {
  CLOSED,
  PRE_MARKET,
  REGULAR,
  AFTER_HOURS;

  /** Whether it lies before or after the regular session. */
  public boolean extended() {
    return this == PRE_MARKET || this == AFTER_HOURS;
  }
}
