package org.marketanalytics.app.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The symbols of which events came, each with the key of its records. */
final class SeenSymbols {
  /** More than any market has: bounds what a feed gone wild may cost. */
  private static final int MOST = 200_000;

  private final Map<String, byte[]> keys = new ConcurrentHashMap<>();

  /** Remembers a symbol and tells it as UTF-8, not to be changed. */
  byte[] key(String symbol) {
    byte[] known = keys.get(symbol);
    if (known != null) {
      return known;
    }
    byte[] key = symbol.getBytes(UTF_8);
    if (keys.size() < MOST) {
      keys.put(symbol, key);
    }
    return key;
  }

  Set<String> all() {
    return Set.copyOf(keys.keySet());
  }
}
