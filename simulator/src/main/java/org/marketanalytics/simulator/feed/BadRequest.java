package org.marketanalytics.simulator.feed;

/** A request that cannot be answered; the message names what, its value and what is allowed. */
final class BadRequest extends Exception {
  private static final long serialVersionUID = 1L;

  BadRequest(String message) {
    super(message);
  }
}
