package org.marketanalytics.app.backfill;

import java.util.Locale;

/** The clusters of the feed, as far as REST and WebSocket name and write things differently. */
public enum FeedCluster {
  STOCKS("A", "T", "sym"),
  OPTIONS("A", "T", "sym"),
  CRYPTO("XAS", "XT", "pair"),
  FOREX("CAS", "", "pair"),
  INDICES("A", "", "sym");

  private final String aggregates;
  private final String trades;
  private final String symbolField;

  FeedCluster(String aggregates, String trades, String symbolField) {
    this.aggregates = aggregates;
    this.trades = trades;
    this.symbolField = symbolField;
  }

  static FeedCluster named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The kind of event of an aggregate of a second. */
  String aggregates() {
    return aggregates;
  }

  /** The kind of event of a trade; empty where there is none. */
  String trades() {
    return trades;
  }

  /** The field of an event that names its symbol. */
  String symbolField() {
    return symbolField;
  }

  /** What REST calls a symbol of the feed: {@code X:BTCUSD} for {@code BTC-USD}. */
  String ticker(String symbol) {
    return switch (this) {
      case CRYPTO -> "X:" + symbol.replace("-", "");
      case FOREX -> "C:" + symbol.replaceAll("[/-]", "");
      case STOCKS, OPTIONS, INDICES -> symbol;
    };
  }
}
