package org.marketanalytics.bench;

/** One of those that are compared. */
@FunctionalInterface
interface Contender {

  /**
   * Measures one round.
   *
   * @return a figure for each metric, in their order; NaN for what it does not have
   * @throws Exception when it cannot be measured
   */
  double[] measure() throws Exception;
}
