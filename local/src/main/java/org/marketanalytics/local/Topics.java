package org.marketanalytics.local;

import java.util.List;

/** The topics that the demo counts. */
final class Topics {

  static final String RAW = "market.raw";
  static final String AGGREGATED = "market.aggregated";
  static final String DEAD_LETTER = "market.dead-letter";
  static final List<String> ALL = List.of(RAW, AGGREGATED, DEAD_LETTER);

  private Topics() {}
}
