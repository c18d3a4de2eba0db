package org.marketanalytics.app.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads one record of the aggregated topic. What it accepts fits the table's columns exactly, so
 * that no record can make the database refuse the batch that it is in.
 */
final class RowReader {
  private static final long LAST_MILLIS = 253_402_300_799_999L; // the end of the year 9999
  private static final Pattern SYMBOL = Pattern.compile("[\\x21-\\x7E&&[^\"\\\\]]{1,32}");
  private static final Pattern PRICE = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,6})?");
  private static final Pattern VOLUME = Pattern.compile("[0-9]{1,14}(\\.[0-9]{1,6})?");

  private final JsonFactory json =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(1000).maxNestingDepth(4).build())
          .build();

  /** Reads a record whose {@code type} header is {@code bar}. */
  Row bar(byte[] value) throws MalformedRow {
    Map<String, Object> fields = read(value);
    String symbol = symbol(fields);
    long start = number(fields, "start", LAST_MILLIS);
    long end = end(fields, start);
    long revision = number(fields, "revision", LAST_MILLIS);
    boolean complete = flag(fields, "final");
    StringBuilder row = row(symbol, start, end);
    for (String price : new String[] {"open", "high", "low", "close"}) {
      decimal(row, fields, price, PRICE);
    }
    decimal(row, fields, "volume", VOLUME);
    if (fields.containsKey("vwap") && fields.get("vwap") == null) {
      row.append(",null");
    } else {
      decimal(row, fields, "vwap", PRICE);
    }
    row.append(',').append(number(fields, "trades", Long.MAX_VALUE));
    row.append(',').append(number(fields, "seconds", Short.MAX_VALUE));
    row.append(',').append(revision).append(',').append(complete ? 1 : 0).append(']');
    return new Row(new Row.Key(symbol, start), revision, complete, row.toString());
  }

  /** Reads a record whose {@code type} header is {@code average}. */
  Row average(byte[] value) throws MalformedRow {
    Map<String, Object> fields = read(value);
    String symbol = symbol(fields);
    long start = number(fields, "start", LAST_MILLIS);
    long end = end(fields, start);
    long revision = number(fields, "revision", LAST_MILLIS);
    StringBuilder row = row(symbol, start, end);
    for (String average : new String[] {"avg_open", "avg_high", "avg_low", "avg_close"}) {
      decimal(row, fields, average, PRICE);
    }
    row.append(',').append(number(fields, "seconds", Short.MAX_VALUE));
    row.append(',').append(revision).append(']');
    return new Row(new Row.Key(symbol, end), revision, false, row.toString());
  }

  private Map<String, Object> read(byte[] value) throws MalformedRow {
    if (value == null) {
      throw new MalformedRow("the record has no value");
    }
    Map<String, Object> fields = new HashMap<>(32);
    try (JsonParser parser = json.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedRow("the record is no JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        switch (parser.nextToken()) {
          case VALUE_STRING -> fields.put(name, parser.getText());
          case VALUE_NUMBER_INT -> fields.put(name, parser.getLongValue());
          case VALUE_TRUE -> fields.put(name, true);
          case VALUE_FALSE -> fields.put(name, false);
          case VALUE_NULL -> fields.put(name, null);
          case START_OBJECT, START_ARRAY -> parser.skipChildren();
          default -> fields.put(name, parser.getDoubleValue());
        }
      }
      if (parser.nextToken() != null) {
        throw new MalformedRow("more follows after the JSON object");
      }
      return fields;
    } catch (IOException e) {
      String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new MalformedRow("the record is no JSON: " + message.lines().findFirst().orElse(""));
    }
  }

  private static StringBuilder row(String symbol, long start, long end) {
    return new StringBuilder(160)
        .append("[\"")
        .append(symbol)
        .append("\",")
        .append(start)
        .append(',')
        .append(end);
  }

  private static String symbol(Map<String, Object> fields) throws MalformedRow {
    if (fields.get("symbol") instanceof String symbol && SYMBOL.matcher(symbol).matches()) {
      return symbol;
    }
    throw new MalformedRow("symbol must be 1 to 32 visible ASCII characters");
  }

  private static long end(Map<String, Object> fields, long start) throws MalformedRow {
    long end = number(fields, "end", LAST_MILLIS);
    if (end <= start) {
      throw new MalformedRow("end must be after start");
    }
    return end;
  }

  private static long number(Map<String, Object> fields, String name, long greatest)
      throws MalformedRow {
    if (fields.get(name) instanceof Long number && number >= 0 && number <= greatest) {
      return number;
    }
    throw new MalformedRow(name + " must be a whole number from 0 to " + greatest);
  }

  private static boolean flag(Map<String, Object> fields, String name) throws MalformedRow {
    if (fields.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw new MalformedRow(name + " must be true or false");
  }

  private static void decimal(
      StringBuilder row, Map<String, Object> fields, String name, Pattern pattern)
      throws MalformedRow {
    if (fields.get(name) instanceof String decimal && pattern.matcher(decimal).matches()) {
      row.append(",\"").append(decimal).append('"');
      return;
    }
    throw new MalformedRow(
        name + " must be a decimal in quotes, not negative, with at most 6 decimals");
  }
}
