package org.marketanalytics.camel.polygon;

/** Where an event keeps its symbol and its time; decided by its {@code ev}. */
enum EventShape {
  /** The feed's talk with its client, no event of the market. */
  STATUS,
  /** {@code sym} and {@code t}: trades, quotes and values; also what is not known. */
  SYM_AT_T,
  /** {@code sym} and {@code s}: aggregates of stocks, options and indices. */
  SYM_AT_S,
  /** {@code pair} and {@code t}: trades, quotes and books of crypto. */
  PAIR_AT_T,
  /** {@code pair} and {@code s}: aggregates of crypto and forex. */
  PAIR_AT_S,
  /** {@code p} and {@code t}: quotes of forex, where {@code p} is the pair and not a price. */
  P_AT_T,
  /** {@code T} and {@code t}: price bands, imbalances and index values. */
  TICKER_AT_T;

  static EventShape of(String ev) {
    return switch (ev) {
      case "status" -> STATUS;
      case "A", "AM" -> SYM_AT_S;
      case "XA", "XAS", "CA", "CAS" -> PAIR_AT_S;
      case "XT", "XQ", "XL2" -> PAIR_AT_T;
      case "C" -> P_AT_T;
      case "LULD", "NOI", "V" -> TICKER_AT_T;
      default -> SYM_AT_T;
    };
  }

  boolean atStart() {
    return this == SYM_AT_S || this == PAIR_AT_S;
  }
}
