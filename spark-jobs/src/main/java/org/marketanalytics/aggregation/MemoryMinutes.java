package org.marketanalytics.aggregation;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The minutes of a partition that is read in one go, so that nothing has to outlive the run. */
public final class MemoryMinutes implements MinuteStore {
  private record Key(String symbol, long startMillis) {}

  private final Map<Key, byte[]> minutes = new HashMap<>();
  private final SortedMap<Long, byte[]> entries = new TreeMap<>();

  /** None yet. */
  public MemoryMinutes() {}

  /** Those of another, as they are now. */
  MemoryMinutes(MemoryMinutes other) {
    minutes.putAll(other.minutes);
    entries.putAll(other.entries);
  }

  int size() {
    return minutes.size();
  }

  SortedMap<Long, byte[]> entries() {
    return Collections.unmodifiableSortedMap(entries);
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
  public void saveEntry(long number, byte[] entry) {
    entries.put(number, entry);
  }

  @Override
  public void removeEntry(long number) {
    entries.remove(number);
  }

  @Override
  public void forEach(Visitor visitor) {
    minutes.forEach((key, minute) -> visitor.minute(key.symbol(), key.startMillis(), minute));
    entries.forEach(visitor::entry);
  }
}
