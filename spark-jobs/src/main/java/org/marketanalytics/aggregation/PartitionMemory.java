package org.marketanalytics.aggregation;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a partition's batches leave in memory for each other: which minutes the store has, decoded
 * those that the next seconds belong to, and which entries its journal has. The store alone is what
 * must not be lost: a memory that is not of the batch before, or a new one, is filled from it.
 *
 * <p>Not thread-safe, and of one batch at a time.
 */
public final class PartitionMemory {
  private final Map<String, SymbolMinutes> symbols = new HashMap<>();
  private final Journal journal = new Journal();
  private Progress upTo = Progress.START;

  /** Remembers nothing, which is all there is to know before the first batch. */
  public PartitionMemory() {}

  /** Makes sure that this is what the store holds when the partition was read so far. */
  void take(Progress progress, MinuteStore store, MinuteCodec codec) {
    if (!progress.equals(upTo)) {
      symbols.clear();
      SortedMap<Long, byte[]> entries = new TreeMap<>();
      store.forEach(
          new MinuteStore.Visitor() {
            @Override
            public void minute(String symbol, long startMillis, byte[] minute) {
              minutes(symbol).know(startMillis);
            }

            @Override
            public void entry(long number, byte[] entry) {
              entries.put(number, entry);
            }
          });
      journal.replay(entries, store, codec, progress.clockMillis(), this);
    }
    upTo = null;
  }

  /** Says how far the partition was read when the store held what this remembers. */
  void keep(Progress progress) {
    symbols.values().removeIf(SymbolMinutes::isEmpty);
    upTo = progress;
  }

  Journal journal() {
    return journal;
  }

  SymbolMinutes minutes(String symbol) {
    return symbols.computeIfAbsent(symbol, SymbolMinutes::new);
  }

  Collection<SymbolMinutes> all() {
    return symbols.values();
  }
}
