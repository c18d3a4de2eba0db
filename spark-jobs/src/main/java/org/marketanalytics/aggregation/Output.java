package org.marketanalytics.aggregation;

/** Where the rows of a batch go, in the order in which they must be written. */
public interface Output {

  /** A bar as it stands now; a later row of the same symbol and start replaces it. */
  void bar(Bar bar);

  /** A moving average as it stands now; a later row of the same symbol and end replaces it. */
  void average(Average average);

  /**
   * A record that could not be used.
   *
   * @param error one sentence that names the value and what is allowed
   */
  void deadLetter(LogRecord record, Reason reason, String error);
}
