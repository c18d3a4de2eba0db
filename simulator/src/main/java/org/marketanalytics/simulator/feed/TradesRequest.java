package org.marketanalytics.simulator.feed;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked of {@code /v3/trades/{ticker}}.
 *
 * @param fromNanos earliest time
 * @param toNanos latest time
 * @param after the last trade of the page before
 */
record TradesRequest(
    String ticker,
    long fromNanos,
    long toNanos,
    boolean ascending,
    int limit,
    Optional<Place> after) {
  private static final Pattern PATH = Pattern.compile("/v3/trades/([^/]+)");
  private static final int DEFAULT_LIMIT = 1_000;
  private static final int MAX_LIMIT = 50_000;
  private static final long NANOS_OF_A_MILLI = 1_000_000;

  /** Where a trade stands; trades of one time are told apart by their numbers. */
  record Place(long nanos, long number) {}

  static boolean matches(String path) {
    return PATH.matcher(path).matches();
  }

  /**
   * Reads path and query.
   *
   * @throws BadRequest naming the parameter, its value and what is allowed
   */
  static TradesRequest parse(QueryStringDecoder uri) throws BadRequest {
    Matcher path = PATH.matcher(uri.path());
    if (!path.matches()) {
      throw new BadRequest("path " + uri.path() + " is not one of trades");
    }
    String ticker = path.group(1);
    Query query = Query.of(uri);
    long from = Long.MIN_VALUE;
    long to = Long.MAX_VALUE;
    if (query.one("timestamp").isPresent()) {
      String moment = query.one("timestamp").get();
      from = bound(ticker, "timestamp", moment, 0);
      to = Query.isDate(moment) ? bound(ticker, "timestamp", moment, 1) - 1 : from;
    }
    if (query.one("timestamp.gte").isPresent()) {
      from = Math.max(from, bound(ticker, query, "timestamp.gte", 0));
    }
    if (query.one("timestamp.gt").isPresent()) {
      from = Math.max(from, bound(ticker, query, "timestamp.gt", 1));
    }
    if (query.one("timestamp.lte").isPresent()) {
      to = Math.min(to, bound(ticker, query, "timestamp.lte", 1));
    }
    if (query.one("timestamp.lt").isPresent()) {
      to = Math.min(to, bound(ticker, query, "timestamp.lt", 0) - 1);
    }
    String sort = query.one("sort").orElse("timestamp");
    if (!sort.equals("timestamp")) {
      throw new BadRequest("sort '" + sort + "' is not timestamp");
    }
    return new TradesRequest(
        ticker,
        from,
        to,
        query.ascending("order", "desc"),
        query.limit(DEFAULT_LIMIT, MAX_LIMIT),
        place(query));
  }

  /** The path and query of the page after that trade, without a host. */
  String next(TradeHistory.Kept last) {
    String query =
        "timestamp.gte=%d&timestamp.lte=%d&order=%s&limit=%d&after=%d:%d"
            .formatted(
                fromNanos, toNanos, ascending ? "asc" : "desc", limit, last.nanos(), last.number());
    return "/v3/trades/" + ticker + "?cursor=" + Query.cursor(query);
  }

  /** Whether a trade comes after the page before. */
  boolean isNext(TradeHistory.Kept trade) {
    if (after.isEmpty()) {
      return true;
    }
    Place last = after.get();
    int order = Long.compare(trade.nanos(), last.nanos());
    int later = order != 0 ? order : Long.compare(trade.number(), last.number());
    return ascending ? later > 0 : later < 0;
  }

  private static long bound(String ticker, Query query, String name, int daysLater)
      throws BadRequest {
    String text = query.one(name).orElseThrow();
    if (!Query.isDate(text)) {
      // one nanosecond or one day past the bound that is not itself within the range
      return bound(ticker, name, text, 0) + (name.endsWith(".gt") ? 1 : 0);
    }
    return bound(ticker, name, text, daysLater) - (name.endsWith(".lte") ? 1 : 0);
  }

  private static long bound(String ticker, String name, String text, int daysLater)
      throws BadRequest {
    return Query.moment(
        name, text, Query.zoneOf(ticker), daysLater, "nanoseconds", NANOS_OF_A_MILLI);
  }

  private static Optional<Place> place(Query query) throws BadRequest {
    String after = query.one("after").orElse("");
    if (after.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = after.split(":", -1);
    try {
      return Optional.of(new Place(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new BadRequest("after '" + after + "' is none of this server's");
    }
  }
}
