package org.marketanalytics.local.drill;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of one of the two tables, in a form in which equal rows are equal: all columns but {@code
 * revision} and {@code updated_at}, which tell when and not what.
 *
 * @param values in the order of {@link Table#columns}
 */
record Row(Table table, String symbol, long startMillis, long endMillis, List<String> values) {

  /** The tables, and the columns that are compared beside the key. */
  enum Table {
    BARS("bar", "open", "high", "low", "close", "volume", "vwap", "trades", "seconds", Table.FINAL),
    MOVING_AVERAGES("average", "avg_open", "avg_high", "avg_low", "avg_close", "seconds");

    private static final String FINAL = "final";

    private final String type;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> columns;

    Table(String type, String... columns) {
      this.type = type;
      this.columns = List.of(columns);
    }

    /** The table of the records with this header {@code type}. */
    static Table ofType(String type) {
      return BARS.type.equals(type) ? BARS : MOVING_AVERAGES;
    }

    List<String> columns() {
      return columns;
    }
  }

  private static final Pattern FIELD =
      Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|(-?\\d+|true|false|null))");

  Row {
    values = List.copyOf(values);
  }

  /** Reads a record of the aggregated topic. */
  static Row ofJson(Table table, String json) {
    Map<String, String> fields = new HashMap<>();
    for (Matcher field = FIELD.matcher(json); field.find(); ) {
      fields.put(field.group(1), field.group(2) == null ? field.group(3) : field.group(2));
    }
    List<String> values = new ArrayList<>();
    for (String column : table.columns()) {
      String text = fields.get(column);
      if (text == null) {
        throw new IllegalArgumentException("no " + column + " in " + json);
      }
      values.add(canonical(text));
    }
    return new Row(
        table,
        fields.get("symbol"),
        Long.parseLong(fields.get("start")),
        Long.parseLong(fields.get("end")),
        values);
  }

  /** Numbers without trailing zeros; {@code null}, {@code true} and {@code false} as they are. */
  static String canonical(String text) {
    if (text.equals("null") || text.equals("true") || text.equals("false")) {
      return text;
    }
    return new BigDecimal(text).stripTrailingZeros().toPlainString();
  }

  /** What tells it from every other row. */
  String key() {
    return table + " " + symbol + " " + startMillis;
  }

  /** The same without what can still change. */
  Row provisional() {
    if (table != Table.BARS) {
      return this;
    }
    List<String> changed = new ArrayList<>(values);
    changed.set(table.columns().indexOf(Table.FINAL), "any");
    return new Row(table, symbol, startMillis, endMillis, changed);
  }
}
