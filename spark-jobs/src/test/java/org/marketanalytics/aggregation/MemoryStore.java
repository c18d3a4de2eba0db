package org.marketanalytics.aggregation;

import java.util.Map;
import java.util.TreeMap;

/** Minutes in memory; a copy is a checkpoint. */
final class MemoryStore implements MinuteStore {
  private record Key(String symbol, long startMillis) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = symbol.compareTo(other.symbol);
      return order == 0 ? Long.compare(startMillis, other.startMillis) : order;
    }
  }

  private final Map<Key, byte[]> minutes = new TreeMap<>();

  MemoryStore copy() {
    MemoryStore copy = new MemoryStore();
    copy.minutes.putAll(minutes);
    return copy;
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
