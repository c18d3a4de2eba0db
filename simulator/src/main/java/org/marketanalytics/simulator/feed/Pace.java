package org.marketanalytics.simulator.feed;

/**
 * How fast time passes.
 *
 * @param speed seconds of the market a second; infinite for as fast as the clients take it
 */
public record Pace(double speed) {
  /** As it happened. */
  public static final Pace REAL_TIME = new Pace(1);

  /** As fast as the clients take it. */
  public static final Pace UNBOUNDED = new Pace(Double.POSITIVE_INFINITY);

  /** Whether nothing is waited for but the clients. */
  public boolean unbounded() {
    return Double.isInfinite(speed);
  }
}
