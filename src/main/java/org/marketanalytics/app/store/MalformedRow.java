package org.marketanalytics.app.store;

/** A record of the aggregated topic that is no row; the message says why. */
final class MalformedRow extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedRow(String message) {
    super(message);
  }
}
