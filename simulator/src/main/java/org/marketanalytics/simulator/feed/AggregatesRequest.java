package org.marketanalytics.simulator.feed;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final int DEFAULT_LIMIT = 5_000;
  private static final int MAX_LIMIT = 50_000;
  private static final int MAX_MULTIPLIER = 10_000;

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
    Query query = Query.of(uri);
    String ticker = path.group(1);
    int multiplier = Query.whole("multiplier", path.group(2), MAX_MULTIPLIER);
    String timespan = path.group(3);
    long unit =
        switch (timespan) {
          case "second" -> 1_000;
          case "minute" -> 60_000;
          default ->
              throw new BadRequest("timespan '" + timespan + "' is not one of second, minute");
        };
    long from = moment(ticker, "from", path.group(4), 0);
    long to =
        Query.isDate(path.group(5))
            ? moment(ticker, "to", path.group(5), 1) - 1
            : moment(ticker, "to", path.group(5), 0);
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
        !query.one("adjusted").orElse("true").equals("false"),
        query.ascending("sort", "asc"),
        query.limit(DEFAULT_LIMIT, MAX_LIMIT));
  }

  /** The path and query of the page after a bar that starts then, without a host. */
  String next(long lastStartMillis) {
    long from = ascending ? lastStartMillis + windowMillis : fromMillis;
    long to = ascending ? toMillis : lastStartMillis - 1;
    String query =
        "adjusted=" + adjusted + "&limit=" + limit + "&sort=" + (ascending ? "asc" : "desc");
    return "/v2/aggs/ticker/%s/range/%d/%s/%d/%d?cursor=%s"
        .formatted(ticker, multiplier, timespan, from, to, Query.cursor(query));
  }

  private static long moment(String ticker, String name, String text, int daysLater)
      throws BadRequest {
    return Query.moment(name, text, Query.zoneOf(ticker), daysLater, "milliseconds", 1);
  }
}
