package org.marketanalytics.bench;

import java.util.HashMap;
import java.util.Map;
import org.marketanalytics.aggregation.MinuteStore;

/** Minutes that end with the program. */
final class MemoryMinutes implements MinuteStore {
  private record Key(String symbol, long startMillis) {}

  private final Map<Key, byte[]> minutes = new HashMap<>();

  @Override
  public byte[] load(String symbol, long startMillis) {
    return minutes.get(new Key(symbol, startMillis));
  }

  @Override
  public void save(String symbol, long startMillis, byte[] minute) {
    minutes.put(new Key(symbol, startMillis), minute);
  }

  @Override
  public void remove(String symbol, long startMillis) {
    minutes.remove(new Key(symbol, startMillis));
  }

  @Override
  public void forEach(Visitor visitor) {
    minutes.forEach((key, minute) -> visitor.visit(key.symbol(), key.startMillis(), minute));
  }
}
