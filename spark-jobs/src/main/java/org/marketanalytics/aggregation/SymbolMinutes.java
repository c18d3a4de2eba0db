package org.marketanalytics.aggregation;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The minutes of one symbol that a batch has to do with, each decoded at most once. */
final class SymbolMinutes {
  private final String symbol;
  private final MinuteStore store;
  private final MinuteCodec codec;
  private final NavigableMap<Long, Optional<Minute>> minutes = new TreeMap<>();
  private Minute recent;

  SymbolMinutes(String symbol, MinuteStore store, MinuteCodec codec) {
    this.symbol = symbol;
    this.store = store;
    this.codec = codec;
  }

  String symbol() {
    return symbol;
  }

  boolean isLoaded(long startMillis) {
    return minutes.containsKey(startMillis);
  }

  void load(long startMillis, byte[] encoded) {
    minutes.put(startMillis, Optional.of(codec.decode(startMillis, encoded)));
  }

  /** The minute that starts at this time; empty when the symbol has no second in it. */
  Optional<Minute> find(long startMillis) {
    return minutes.computeIfAbsent(startMillis, this::fromStore);
  }

  Minute findOrCreate(Input input, long startMillis) {
    if (recent == null || recent.startMillis() != startMillis) {
      recent = find(startMillis).orElseGet(() -> new Minute(input, startMillis));
      minutes.put(startMillis, Optional.of(recent));
    }
    return recent;
  }

  /** Which seconds of a minute this batch changed. */
  long changed(long startMillis) {
    Optional<Minute> minute = minutes.get(startMillis);
    return minute == null || minute.isEmpty() ? 0 : minute.get().changed();
  }

  /**
   * The minutes so far, in the order of time; a snapshot, as looking for a neighbour may load it.
   */
  List<Minute> loaded() {
    List<Minute> loaded = new ArrayList<>(minutes.size());
    minutes.values().forEach(minute -> minute.ifPresent(loaded::add));
    return loaded;
  }

  private Optional<Minute> fromStore(long startMillis) {
    byte[] encoded = store.load(symbol, startMillis);
    return encoded == null ? Optional.empty() : Optional.of(codec.decode(startMillis, encoded));
  }
}
