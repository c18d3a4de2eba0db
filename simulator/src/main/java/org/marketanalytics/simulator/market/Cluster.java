package org.marketanalytics.simulator.market;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The clusters of the feed: each has a path of its own and its own channels. */
public enum Cluster {
  STOCKS(4, 6),
  CRYPTO(6, 8),
  FOREX(5, 0),
  OPTIONS(4, 0),
  INDICES(2, 0);

  private final int priceDecimals;
  private final int sizeDecimals;

  Cluster(int priceDecimals, int sizeDecimals) {
    this.priceDecimals = priceDecimals;
    this.sizeDecimals = sizeDecimals;
  }

  /** The cluster of a path such as {@code /stocks} or a name such as {@code stocks}. */
  public static Optional<Cluster> named(String name) {
    String bare = name.startsWith("/") ? name.substring(1) : name;
    return Stream.of(values()).filter(cluster -> cluster.label().equals(bare)).findFirst();
  }

  /** The name in paths and options, lower-case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether clients of this cluster may subscribe to the channel. */
  public boolean carries(Channel channel) {
    return switch (channel) {
      case A, AM -> this == STOCKS || this == OPTIONS || this == INDICES;
      case T, Q -> this == STOCKS || this == OPTIONS;
      case LULD, NOI -> this == STOCKS;
      case XT, XQ, XL2, XA, XAS -> this == CRYPTO;
      case C, CA, CAS -> this == FOREX;
      case V -> this == INDICES;
    };
  }

  /** Prices are whole multiples of ten to the minus this. */
  public int priceDecimals() {
    return priceDecimals;
  }

  /** Sizes are whole multiples of ten to the minus this. */
  public int sizeDecimals() {
    return sizeDecimals;
  }

  /**
   * The ticker on the REST interface of a symbol of the feed: {@code X:BTCUSD} for {@code BTC-USD}.
   */
  public String restTicker(String symbol) {
    return switch (this) {
      case CRYPTO -> "X:" + symbol.replace("-", "");
      case FOREX -> "C:" + symbol.replace("/", "");
      case STOCKS, OPTIONS, INDICES -> symbol;
    };
  }
}
