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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.marketanalytics.simulator.market.TradingCalendar;

/**
 * What is asked of {@code /v2/aggs/ticker/{ticker}/range/{multiplier}/{timespan}/{from}/{to}}.
 *
 * @param windowMillis length of a bar
 * @param fromMillis earliest start of a bar
 * @param toMillis latest start of a bar
 */
record AggregatesRequest(
    String ticker,
    int multiplier,
    String timespan,
    long windowMillis,
    long fromMillis,
    long toMillis,
    boolean adjusted,
    boolean ascending,
    int limit) {
  private static final Pattern PATH =
      Pattern.compile("/v2/aggs/ticker/([^/]+)/range/([^/]+)/([^/]+)/([^/]+)/([^/]+)");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final int DEFAULT_LIMIT = 5_000;
  private static final int MAX_LIMIT = 50_000;
  private static final int MAX_MULTIPLIER = 10_000;

  /** A request that cannot be answered; the message says why. */
  static final class BadRequest extends Exception {
    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
      super(message);
    }
  }

  static boolean matches(String path) {
    return PATH.matcher(path).matches();
  }

  /**
   * Reads path and query; a cursor, being the query of the page before, overrides the query.
   *
   * @throws BadRequest naming the parameter, its value and what is allowed
   */
  static AggregatesRequest parse(QueryStringDecoder uri) throws BadRequest {
    Matcher path = PATH.matcher(uri.path());
    if (!path.matches()) {
      throw new BadRequest("path " + uri.path() + " is not one of aggregates");
    }
    Map<String, List<String>> query = query(uri);
    String ticker = path.group(1);
    int multiplier = whole("multiplier", path.group(2), MAX_MULTIPLIER);
    String timespan = path.group(3);
    long unit =
        switch (timespan) {
          case "second" -> 1_000;
          case "minute" -> 60_000;
          default ->
              throw new BadRequest("timespan '" + timespan + "' is not one of second, minute");
        };
    ZoneId zone =
        ticker.startsWith("X:") || ticker.startsWith("C:")
            ? ZoneOffset.UTC
            : TradingCalendar.NEW_YORK;
    long from = moment("from", path.group(4), zone, 0);
    long to = moment("to", path.group(5), zone, 1);
    if (to < from) {
      throw new BadRequest("to '" + path.group(5) + "' is before from '" + path.group(4) + "'");
    }
    return new AggregatesRequest(
        ticker,
        multiplier,
        timespan,
        multiplier * unit,
        from,
        to,
        !one(query, "adjusted", "true").equals("false"),
        ascending(one(query, "sort", "asc")),
        whole("limit", one(query, "limit", Integer.toString(DEFAULT_LIMIT)), MAX_LIMIT));
  }

  /** The path and query of the page after a bar that starts then, without a host. */
  String next(long lastStartMillis) {
    long from = ascending ? lastStartMillis + windowMillis : fromMillis;
    long to = ascending ? toMillis : lastStartMillis - 1;
    String query =
        "adjusted=" + adjusted + "&limit=" + limit + "&sort=" + (ascending ? "asc" : "desc");
    String cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(query.getBytes(StandardCharsets.US_ASCII));
    return "/v2/aggs/ticker/%s/range/%d/%s/%d/%d?cursor=%s"
        .formatted(ticker, multiplier, timespan, from, to, cursor);
  }

  private static Map<String, List<String>> query(QueryStringDecoder uri) throws BadRequest {
    String cursor = one(uri.parameters(), "cursor", "");
    if (cursor.isEmpty()) {
      return uri.parameters();
    }
    try {
      byte[] query = Base64.getUrlDecoder().decode(cursor);
      return new QueryStringDecoder(new String(query, StandardCharsets.US_ASCII), false)
          .parameters();
    } catch (IllegalArgumentException e) {
      throw new BadRequest("cursor '" + cursor + "' is none of this server's");
    }
  }

  private static String one(Map<String, List<String>> query, String name, String otherwise) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.isEmpty() ? otherwise : values.get(0);
  }

  private static boolean ascending(String sort) throws BadRequest {
    return switch (sort) {
      case "asc" -> true;
      case "desc" -> false;
      default -> throw new BadRequest("sort '" + sort + "' is not one of asc, desc");
    };
  }

  private static int whole(String name, String text, int most) throws BadRequest {
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

  private static long moment(String name, String text, ZoneId zone, int daysLater)
      throws BadRequest {
    try {
      return DATE.matcher(text).matches()
          ? LocalDate.parse(text).plusDays(daysLater).atStartOfDay(zone).toInstant().toEpochMilli()
              - daysLater
          : Long.parseLong(text);
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new BadRequest(name + " '" + text + "' is neither YYYY-MM-DD nor milliseconds");
    }
  }
}
