package org.marketanalytics.aggregation;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What a partition's batches leave in memory for each other: which minutes the store has, and
 * decoded those that the next seconds belong to. The store alone is what must not be lost: a memory
 * that is not of the batch before, or a new one, is filled from it.
 *
 * <p>Not thread-safe, and of one batch at a time.
 */
public final class PartitionMemory {
  private final Map<String, SymbolMinutes> symbols = new HashMap<>();
  private Progress upTo = Progress.START;

  /** Remembers nothing, which is all there is to know before the first batch. */
  public PartitionMemory() {}

  /** Makes sure that this is what the store holds when the partition was read so far. */
  void take(Progress progress, MinuteStore store) {
    if (!progress.equals(upTo)) {
      symbols.clear();
      store.forEach((symbol, startMillis, encoded) -> minutes(symbol).know(startMillis));
    }
    upTo = null;
  }

  /** Says how far the partition was read when the store held what this remembers. */
  void keep(Progress progress) {
    symbols.values().removeIf(SymbolMinutes::isEmpty);
    upTo = progress;
  }

  SymbolMinutes minutes(String symbol) {
    return symbols.computeIfAbsent(symbol, SymbolMinutes::new);
  }

  Collection<SymbolMinutes> all() {
    return symbols.values();
  }
}
