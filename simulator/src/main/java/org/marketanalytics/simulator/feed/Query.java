package org.marketanalytics.simulator.feed;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.marketanalytics.simulator.market.TradingCalendar;

/** The parameters of a request. A cursor holds those of the page before and overrides them. */
final class Query {
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

  private final Map<String, List<String>> parameters;

  private Query(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * The parameters of an address.
   *
   * @throws BadRequest if its cursor is none of this server's
   */
  static Query of(QueryStringDecoder uri) throws BadRequest {
    Query given = new Query(uri.parameters());
    Optional<String> cursor = given.one("cursor");
    if (cursor.isEmpty()) {
      return given;
    }
    try {
      byte[] query = Base64.getUrlDecoder().decode(cursor.get());
      return new Query(
          new QueryStringDecoder(new String(query, StandardCharsets.US_ASCII), false).parameters());
    } catch (IllegalArgumentException e) {
      throw new BadRequest("cursor '" + cursor.get() + "' is none of this server's");
    }
  }

  /** A cursor of those parameters. */
  static String cursor(String query) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(query.getBytes(StandardCharsets.US_ASCII));
  }

  /** The first value of a parameter, if it is not blank. */
  Optional<String> one(String name) {
    return parameters.getOrDefault(name, List.of()).stream()
        .limit(1)
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  /** Whether a parameter says {@code asc} rather than {@code desc}. */
  boolean ascending(String name, String otherwise) throws BadRequest {
    String order = one(name).orElse(otherwise);
    return switch (order) {
      case "asc" -> true;
      case "desc" -> false;
      default -> throw new BadRequest(name + " '" + order + "' is not one of asc, desc");
    };
  }

  /** The parameter {@code limit}. */
  int limit(int otherwise, int most) throws BadRequest {
    return whole("limit", one("limit").orElse(Integer.toString(otherwise)), most);
  }

  /** A whole number from 1. */
  static int whole(String name, String text, int most) throws BadRequest {
    try {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, as a number out of range is
    }
    throw new BadRequest(name + " '" + text + "' is not a whole number from 1 to " + most);
  }

  /**
   * A moment in {@code unit}s of which a millisecond has {@code unitsOfAMilli}, or the first of a
   * day so many days later.
   */
  static long moment(
      String name, String text, ZoneId zone, int daysLater, String unit, long unitsOfAMilli)
      throws BadRequest {
    try {
      return DATE.matcher(text).matches()
          ? LocalDate.parse(text).plusDays(daysLater).atStartOfDay(zone).toInstant().toEpochMilli()
              * unitsOfAMilli
          : Long.parseLong(text);
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new BadRequest(name + " '" + text + "' is neither YYYY-MM-DD nor " + unit);
    }
  }

  /** Whether a text is a day. */
  static boolean isDate(String text) {
    return DATE.matcher(text).matches();
  }

  /** Where a day of a ticker begins: in New York, and in UTC for pairs. */
  static ZoneId zoneOf(String ticker) {
    return ticker.startsWith("X:") || ticker.startsWith("C:")
        ? ZoneOffset.UTC
        : TradingCalendar.NEW_YORK;
  }
}
