package org.marketanalytics.aggregation;

import java.util.Set;

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

  private static final Set<String> KINDS_OF_AGGREGATES = Set.of("A", "XAS", "CAS", Heartbeat.EV);
  private static final Set<String> KINDS_OF_TRADES = Set.of("T", "XT", Heartbeat.EV);

  private final int code;

  Input(int code) {
    this.code = code;
  }

  /** How the state names this input; never to be changed. */
  int code() {
    return code;
  }

  /** The {@code ev} of the events that are read; heartbeats always are. */
  public Set<String> kinds() {
    return this == TRADES ? KINDS_OF_TRADES : KINDS_OF_AGGREGATES;
  }

  /** Whether events of this {@code ev} are read. */
  boolean reads(String ev) {
    return kinds().contains(ev);
  }
}
