package org.marketanalytics.aggregation;

import java.util.Arrays;

/**
 * The minutes of one symbol in the order of time, few as they are. Each is in the store, or in
 * memory, or both; what is in memory is at least as new, and the {@link Journal} has the
 * difference.
 */
final class SymbolMinutes {
  private final String symbol;
  private long[] starts = new long[4];
  private Minute[] decoded = new Minute[4];
  private int size;
  private Minute recent;
  private boolean touched;

  SymbolMinutes(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  long startMillis(int index) {
    return starts[index];
  }

  /** The minute as it is in memory; null when it is in the store only. */
  Minute decoded(int index) {
    return decoded[index];
  }

  /** Whether this is the first time since {@link #rest}. */
  boolean touch() {
    boolean first = !touched;
    touched = true;
    return first;
  }

  /** The batch is over. */
  void rest() {
    touched = false;
  }

  /** Notes that the store has this minute. */
  void know(long startMillis) {
    insert(startMillis, null);
  }

  /** The minute that starts at this time, or null when the symbol has no second in it. */
  Minute find(long startMillis, MinuteStore store, MinuteCodec codec) {
    int index = index(startMillis);
    return index < 0 ? null : load(index, store, codec);
  }

  Minute findOrCreate(long startMillis, MinuteStore store, MinuteCodec codec) {
    if (recent == null || recent.startMillis() != startMillis) {
      recent = find(startMillis, store, codec);
      if (recent == null) {
        recent = create(codec.input(), startMillis);
        insert(startMillis, recent);
      }
    }
    return recent;
  }

  /** Takes a minute into memory. */
  Minute load(int index, MinuteStore store, MinuteCodec codec) {
    if (decoded[index] == null) {
      byte[] encoded = store.load(symbol, starts[index]);
      if (encoded == null) {
        throw new IllegalStateException(
            "the state has no longer the minute of %s that starts at %d: the checkpoint is damaged, use a new one"
                .formatted(symbol, starts[index]));
      }
      decoded[index] = codec.decode(starts[index], encoded);
    }
    return decoded[index];
  }

  /** Leaves a minute to the store alone. */
  void unload(int index) {
    forgetRecent(starts[index]);
    decoded[index] = null;
  }

  /** Forgets a minute. */
  void drop(int index) {
    forgetRecent(starts[index]);
    size--;
    System.arraycopy(starts, index + 1, starts, index, size - index);
    System.arraycopy(decoded, index + 1, decoded, index, size - index);
    decoded[size] = null;
  }

  /** Which seconds of a minute this batch changed. */
  long changed(long startMillis) {
    int index = index(startMillis);
    return index < 0 || decoded[index] == null ? 0 : decoded[index].changed();
  }

  /** A minute with room for as many seconds as the one before has, if that is in memory. */
  private Minute create(Input input, long startMillis) {
    int index = -index(startMillis) - 2;
    Minute before = index < 0 ? null : decoded[index];
    return before == null
        ? new Minute(input, startMillis)
        : new Minute(input, startMillis, Long.bitCount(before.present()));
  }

  private void forgetRecent(long startMillis) {
    if (recent != null && recent.startMillis() == startMillis) {
      recent = null;
    }
  }

  /** Where the minute is, or where it would be, as {@link Arrays#binarySearch} tells it. */
  private int index(long startMillis) {
    int index = size - 1; // mostly the last or the one before
    while (index >= 0 && starts[index] > startMillis) {
      index--;
    }
    return index >= 0 && starts[index] == startMillis ? index : -(index + 1) - 1;
  }

  private void insert(long startMillis, Minute minute) {
    int index = -index(startMillis) - 1;
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      decoded = Arrays.copyOf(decoded, 2 * size);
    }
    System.arraycopy(starts, index, starts, index + 1, size - index);
    System.arraycopy(decoded, index, decoded, index + 1, size - index);
    starts[index] = startMillis;
    decoded[index] = minute;
    size++;
  }
}
