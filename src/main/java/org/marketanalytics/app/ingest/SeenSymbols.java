package org.marketanalytics.app.ingest;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The symbols of which events came. */
final class SeenSymbols {
  /** More than any market has: bounds what a feed gone wild may cost. */
  private static final int MOST = 200_000;

  private final Set<String> symbols = ConcurrentHashMap.newKeySet();

  void add(String symbol) {
    // asked first: for one that is known that is all
    if (!symbols.contains(symbol) && symbols.size() < MOST) {
      symbols.add(symbol);
    }
  }

  Set<String> all() {
    return Set.copyOf(symbols);
  }
}
