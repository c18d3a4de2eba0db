package org.marketanalytics.simulator.faults;

/** A step that cannot be played; the message names it, the value and what is allowed. */
public final class BadStep extends Exception {
  private static final long serialVersionUID = 1L;

  /** One line. */
  public BadStep(String message) {
    super(message);
  }
}
