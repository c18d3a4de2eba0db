package org.marketanalytics.aggregation;

/**
 * A record that cannot be used; caught by the aggregation, which hands the record to the dead
 * letters.
 */
final class Rejection extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 60;

  private final Reason reason;

  Rejection(Reason reason, String message) {
    super(message, null, false, false); // no stack trace: a flood of bad records must stay cheap
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  /** The text of a value as a message shows it: never longer than a line. */
  static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
