package org.marketanalytics.aggregation;

/**
 * Which events of the feed the seconds are made of; a run reads one kind, as both would count a
 * trade twice.
 */
public enum Input {
  /** {@code A}, {@code XAS} and {@code CAS}: seconds as the feed built them. */
  AGGREGATES(1),
  /**
   * {@code T} and {@code XT}: trades, merged into seconds under the feed's sale-condition rules.
   */
  TRADES(2);

  private final int code;

  Input(int code) {
    this.code = code;
  }

  /** How the state names this input; never to be changed. */
  int code() {
    return code;
  }

  /** Whether events of this {@code ev} are read; heartbeats always are. */
  boolean reads(String ev) {
    return switch (ev) {
      case "A", "XAS", "CAS" -> this == AGGREGATES;
      case "T", "XT" -> this == TRADES;
      case Heartbeat.EV -> true;
      default -> false;
    };
  }
}
