package org.marketanalytics.aggregation;

import java.util.HashMap;
import java.util.Map;

/** The minutes of a partition that is read in one go, so that nothing has to outlive the run. */
public final class MemoryMinutes implements MinuteStore {
  private record Key(String symbol, long startMillis) {}

  private final Map<Key, byte[]> minutes = new HashMap<>();

  /** None yet. */
  public MemoryMinutes() {}

  /** Those of another, as they are now. */
  MemoryMinutes(MemoryMinutes other) {
    minutes.putAll(other.minutes);
  }

  int size() {
    return minutes.size();
  }

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
