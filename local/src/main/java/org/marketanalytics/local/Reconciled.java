package org.marketanalytics.local;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the comparison of every row with the events found at the end of a run.
 *
 * @param finalBars rows of bars that are final
 */
record Reconciled(long finalBars, Reconciliation.Result result) {

  /** What is wrong, in one line; empty when nothing is. */
  String complaint() {
    if (result.differences() > 0) {
      return "%d of %d rows are not what the events say"
          .formatted(result.differences(), result.rows());
    }
    if (result.exitCode() != 0) {
      return "the rows could not be compared: " + String.join(" ", result.lines());
    }
    return result.rows() == 0 ? "there was no row to compare" : "";
  }

  boolean isDifferent() {
    return result.differences() > 0;
  }

  /** The figures that it adds to the summary. */
  Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("bars_final", Long.toString(finalBars));
    figures.put("reconcile_rows", known(result.rows()));
    figures.put("reconcile_differences", known(result.differences()));
    return figures;
  }

  private static String known(long number) {
    return number < 0 ? "null" : Long.toString(number);
  }
}
