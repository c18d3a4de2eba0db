package org.marketanalytics.spark;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.List;

/**
 * A row that is not the same in the database and in what the log says.
 *
 * @param table of the row
 * @param symbol and {@code time}: its primary key
 * @param kind which side has it
 * @param values the columns that differ; of a row that only one side has, all of them
 */
record Difference(StoredTable table, String symbol, Instant time, Kind kind, List<Value> values) {

  /** Which side has the row. */
  enum Kind {
    MISSING("missing in the database"),
    TOO_MANY("too many in the database"),
    DIFFERENT("different");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** A column; null stands for NULL, and for the side that does not have the row. */
  record Value(String column, String database, String computed) {
    private String shown(Kind kind) {
      return switch (kind) {
        case MISSING -> column + " computed=" + computed;
        case TOO_MANY -> column + " database=" + database;
        case DIFFERENT -> column + " database=" + database + " computed=" + computed;
      };
    }
  }

  /** One line; what could break it in a symbol is shown as a question mark. */
  String line() {
    return "%s symbol=%s %s=%s %s: %s"
        .formatted(
            table.table(),
            symbol.replaceAll("[^\\x20-\\x7E]", "?"),
            table.timeColumn(),
            time,
            kind.words(),
            values.stream().map(value -> value.shown(kind)).collect(joining(", ")));
  }
}
