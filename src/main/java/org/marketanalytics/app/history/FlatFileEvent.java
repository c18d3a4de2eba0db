package org.marketanalytics.app.history;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An event made of a line of a flat file.
 *
 * @param millis its time since the epoch
 * @param json as the feed would have sent it
 */
record FlatFileEvent(String ev, String symbol, long millis, String json) {
  private static final long MINUTE_MILLIS = 60_000;
  private static final long SECOND_MILLIS = 1_000;

  /** Of a price or a volume; no number of the feed has more digits. */
  private static final int MOST_DIGITS = 40;

  static FlatFileEvent second(Map<String, String> columns) {
    return aggregate("A", SECOND_MILLIS, columns);
  }

  static FlatFileEvent minute(Map<String, String> columns) {
    return aggregate("AM", MINUTE_MILLIS, columns);
  }

  private static FlatFileEvent aggregate(String ev, long length, Map<String, String> columns) {
    String symbol = symbol(columns);
    long start = millis(columns, "window_start");
    BigDecimal volume = decimal(columns, "volume");
    BigDecimal trades = decimal(columns, "transactions");
    StringBuilder json = begin(ev, symbol);
    size(json, "v", "dv", volume);
    number(json, "o", decimal(columns, "open"));
    number(json, "c", decimal(columns, "close"));
    number(json, "h", decimal(columns, "high"));
    number(json, "l", decimal(columns, "low"));
    if (trades.signum() > 0) {
      number(json, "z", volume.divide(trades, 0, RoundingMode.HALF_UP));
    }
    json.append(",\"s\":").append(start).append(",\"e\":").append(start + length).append('}');
    return new FlatFileEvent(ev, symbol, start, json.toString());
  }

  static FlatFileEvent trade(Map<String, String> columns) {
    String symbol = symbol(columns);
    long millis = millis(columns, "sip_timestamp");
    StringBuilder json = begin("T", symbol);
    whole(json, "x", columns, "exchange");
    text(json.append(",\"i\":"), columns.get("id"));
    whole(json, "z", columns, "tape");
    number(json, "p", decimal(columns, "price"));
    size(json, "s", "ds", decimal(columns, "size"));
    conditions(json, columns.getOrDefault("conditions", ""));
    json.append(",\"t\":").append(millis);
    if (present(columns, "participant_timestamp")) {
      json.append(",\"pt\":").append(millis(columns, "participant_timestamp"));
    }
    whole(json, "q", columns, "sequence_number");
    whole(json, "trfi", columns, "trf_id");
    if (present(columns, "trf_timestamp") && !columns.get("trf_timestamp").equals("0")) {
      json.append(",\"trft\":").append(millis(columns, "trf_timestamp"));
    }
    return new FlatFileEvent("T", symbol, millis, json.append('}').toString());
  }

  private static StringBuilder begin(String ev, String symbol) {
    StringBuilder json = new StringBuilder(200).append("{\"ev\":\"").append(ev).append('"');
    text(json.append(",\"sym\":"), symbol);
    return json;
  }

  /** The rounded number beside the exact text where it is fractional, as the feed does. */
  private static void size(StringBuilder json, String rounded, String exact, BigDecimal size) {
    BigDecimal whole = size.setScale(0, RoundingMode.FLOOR);
    number(json, rounded, whole);
    if (whole.compareTo(size) != 0) {
      json.append(",\"").append(exact).append("\":\"").append(size.toPlainString()).append('"');
    }
  }

  private static void number(StringBuilder json, String name, BigDecimal value) {
    json.append(",\"").append(name).append("\":").append(value.toPlainString());
  }

  /** A column that may be missing or empty; a facility of 0 is none. */
  private static void whole(
      StringBuilder json, String name, Map<String, String> columns, String column) {
    String value = columns.getOrDefault(column, "");
    if (value.isEmpty() || (column.equals("trf_id") && value.equals("0"))) {
      return;
    }
    if (!value.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("%s=%s is no whole number".formatted(column, value));
    }
    json.append(",\"").append(name).append("\":").append(Long.parseLong(value));
  }

  private static void conditions(StringBuilder json, String conditions) {
    if (conditions.isEmpty()) {
      return;
    }
    if (!conditions.matches("[0-9]{1,4}(,[0-9]{1,4}){0,15}")) {
      throw new IllegalArgumentException(
          "conditions=%s are no whole numbers separated by commas".formatted(conditions));
    }
    json.append(",\"c\":[");
    String separator = "";
    for (String condition : conditions.split(",", -1)) {
      json.append(separator).append(Integer.parseInt(condition));
      separator = ",";
    }
    json.append(']');
  }

  private static boolean present(Map<String, String> columns, String column) {
    return !columns.getOrDefault(column, "").isEmpty();
  }

  private static String symbol(Map<String, String> columns) {
    String symbol = columns.get("ticker");
    if (!symbol.matches("[!-~]{1,32}")) {
      throw new IllegalArgumentException(
          "ticker=%s is no symbol: 1 to 32 visible ASCII characters".formatted(symbol));
    }
    return symbol;
  }

  private static long millis(Map<String, String> columns, String column) {
    String value = columns.get(column);
    if (!value.matches("[0-9]{1,19}") || (value.length() == 19 && value.charAt(0) > '8')) {
      throw new IllegalArgumentException(
          "%s=%s is no time in nanoseconds since 1970".formatted(column, value));
    }
    return TimeUnit.NANOSECONDS.toMillis(Long.parseLong(value));
  }

  private static BigDecimal decimal(Map<String, String> columns, String column) {
    String value = columns.get(column);
    if (!value.matches("[0-9.eE+-]{1,40}")) {
      throw notANumber(column, value);
    }
    try {
      BigDecimal number = new BigDecimal(value);
      if (number.signum() < 0
          || Math.abs((long) number.scale()) > MOST_DIGITS
          || number.precision() > MOST_DIGITS) {
        throw notANumber(column, value);
      }
      return number;
    } catch (NumberFormatException e) {
      throw notANumber(column, value);
    }
  }

  private static IllegalArgumentException notANumber(String column, String value) {
    return new IllegalArgumentException("%s=%s is no number of 0 or more".formatted(column, value));
  }

  private static void text(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        json.append('\\').append(character);
      } else if (character < ' ') {
        json.append(String.format("\\u%04x", (int) character));
      } else {
        json.append(character);
      }
    }
    json.append('"');
  }
}
