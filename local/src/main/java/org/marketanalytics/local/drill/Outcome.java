package org.marketanalytics.local.drill;

import java.util.Locale;

/**
 * What came of a drill.
 *
 * @param name of the drill
 * @param description what went wrong in it
 * @param comparison null when it could not be done
 * @param events that the market made
 * @param recoverSeconds from the end of the fault until rows were fresh and no gap was open
 * @param restarts of parts that had ended by themselves
 * @param failure why it could not be done, or what is not right beside the rows; else empty
 */
record Outcome(
    String name,
    String description,
    long events,
    Comparison comparison,
    double recoverSeconds,
    int restarts,
    String failure) {

  static Outcome failed(String name, String description, String why) {
    return new Outcome(name, description, 0, null, 0, 0, why);
  }

  boolean isGood() {
    return comparison != null
        && comparison.expected() > 0
        && comparison.isEqual()
        && failure.isEmpty();
  }

  String line() {
    if (comparison == null) {
      return "%-28s NOT DONE: %s".formatted(name, failure);
    }
    return String.format(
        Locale.ROOT,
        "%-28s events=%d rows_expected=%d rows_lost=%d rows_wrong=%d recover_s=%.1f restarts=%d%s",
        name,
        events,
        comparison.expected(),
        comparison.lost(),
        comparison.wrong(),
        recoverSeconds,
        restarts,
        failure.isEmpty() ? "" : " NOT RIGHT: " + failure);
  }

  String markdown() {
    if (comparison == null) {
      return "| `%s` | %s | not done: %s | | | | |"
          .formatted(name, description, failure.lines().findFirst().orElse(""));
    }
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %,d | %,d | %d | %d | %.1f |",
        name,
        description,
        events,
        comparison.expected(),
        comparison.lost(),
        comparison.wrong(),
        recoverSeconds);
  }

  String json() {
    if (comparison == null) {
      return "{\"name\":\"%s\",\"events\":null,\"rows_expected\":null,\"rows_lost\":null,\"rows_wrong\":null,\"recover_s\":null}"
          .formatted(name);
    }
    return String.format(
        Locale.ROOT,
        "{\"name\":\"%s\",\"events\":%d,\"rows_expected\":%d,\"rows_lost\":%d,\"rows_wrong\":%d,\"recover_s\":%.1f}",
        name,
        events,
        comparison.expected(),
        comparison.lost(),
        comparison.wrong(),
        recoverSeconds);
  }
}
