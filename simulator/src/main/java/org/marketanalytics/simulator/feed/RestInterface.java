package org.marketanalytics.simulator.feed;

import io.netty.handler.codec.http.QueryStringDecoder;

/** The REST interface: who may ask, how often, and what. */
final class RestInterface {
  private final Keys keys;
  private final RequestRate rate;
  private final AggregatesEndpoint aggregates;
  private final TradesEndpoint trades;
  private final MarketStatusEndpoint marketStatus;

  RestInterface(
      Keys keys,
      RequestRate rate,
      AggregatesEndpoint aggregates,
      TradesEndpoint trades,
      MarketStatusEndpoint marketStatus) {
    this.keys = keys;
    this.rate = rate;
    this.aggregates = aggregates;
    this.trades = trades;
    this.marketStatus = marketStatus;
  }

  /**
   * Answers a request.
   *
   * @param key the API key, empty if there was none
   * @param base scheme, host and port of this server
   */
  Answer answer(QueryStringDecoder uri, String key, String base) {
    String path = uri.path();
    if (!known(path)) {
      return Answer.error(404, "no " + path);
    }
    if (key.isEmpty()) {
      return Answer.error(401, "API Key was not provided");
    }
    if (!keys.accepts(key)) {
      return Answer.error(401, "Unknown API Key");
    }
    if (!keys.opensRest(key)) {
      return Answer.notEntitled();
    }
    long wait = rate.take(key);
    if (wait > 0) {
      return Answer.tooMany(wait);
    }
    try {
      return answer(uri, base);
    } catch (BadRequest e) {
      return Answer.error(400, e.getMessage());
    }
  }

  private Answer answer(QueryStringDecoder uri, String base) throws BadRequest {
    return switch (uri.path()) {
      case "/v1/marketstatus/now" -> marketStatus.now();
      case "/v1/marketstatus/upcoming" -> marketStatus.upcoming();
      default ->
          TradesRequest.matches(uri.path())
              ? trades.answer(TradesRequest.parse(uri), base)
              : aggregates.answer(AggregatesRequest.parse(uri), base);
    };
  }

  private static boolean known(String path) {
    return path.equals("/v1/marketstatus/now")
        || path.equals("/v1/marketstatus/upcoming")
        || TradesRequest.matches(path)
        || AggregatesRequest.matches(path);
  }
}
