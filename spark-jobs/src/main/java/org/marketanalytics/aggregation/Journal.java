package org.marketanalytics.aggregation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;

/**
 * The seconds that the latest batches changed: an entry a batch, of all symbols together.
 *
 * <p>Minutes that the clock has reached are kept this way; to save each whole after each batch
 * would write every second up to sixty times. A minute is saved whole when the clock has left it
 * and the one after it behind, and an entry is forgotten when that is so for all minutes of it and
 * of the entries before it.
 *
 * <p>An entry is format version and kind of input, then for each minute: symbol, start in minutes
 * as the difference to the one before, first changed second, the others as a mask, the seconds as
 * {@link MinuteCodec} writes them, and of trades the identities that are new.
 */
final class Journal {
  private static final byte VERSION = 1;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private final Bytes bytes = new Bytes();
  private boolean isEmpty = true;
  private long lastStart;
  private long latestStart;

  /** An entry that is kept, and the start of the latest minute in it. */
  private record Entry(long number, long latestStart) {}

  /** Whether the journal has what changes in a minute, and not the store the whole of it. */
  static boolean isOf(long startMillis, long clock) {
    return startMillis <= clock && !isBehind(startMillis, clock);
  }

  /** Whether the clock has reached the end of the last window with seconds of this minute. */
  static boolean isBehind(long startMillis, long clock) {
    return startMillis + 2 * Minute.MILLIS <= clock;
  }

  /** Adds what changed in a minute to the entry of this batch. */
  void add(String symbol, Minute minute) {
    long start = minute.startMillis();
    if (isEmpty) {
      bytes.clear();
      bytes.writeByte(VERSION);
      bytes.writeByte(minute.input().code());
      isEmpty = false;
      lastStart = 0;
      latestStart = start;
    }
    bytes.writeText(symbol);
    bytes.writeSigned((start - lastStart) / Minute.MILLIS);
    lastStart = start;
    latestStart = Math.max(latestStart, start);
    int first = Long.numberOfTrailingZeros(minute.changed());
    bytes.writeByte(first);
    bytes.writeUnsigned(minute.changed() >>> first);
    MinuteCodec.writeSeconds(bytes, minute, minute.changed());
    if (minute.input() == Input.TRADES) {
      MinuteCodec.writeIdentities(bytes, minute.newIdentities());
    }
  }

  /**
   * Keeps the entry of this batch, and forgets those that are no longer needed.
   *
   * @param number greater than that of any batch before
   * @param clock up to where minutes were saved whole
   */
  void end(long number, long clock, MinuteStore store) {
    if (!isEmpty) {
      store.saveEntry(number, bytes.copy());
      entries.add(new Entry(number, latestStart));
      isEmpty = true;
    }
    while (!entries.isEmpty() && isBehind(entries.element().latestStart(), clock)) {
      store.removeEntry(entries.remove().number());
    }
  }

  /**
   * Changes the minutes as the batches did whose entries these are.
   *
   * @param kept all entries that the store has, by their number
   * @param clock where it stood after the last of them
   * @throws IllegalStateException when an entry is of another format or another kind of input
   */
  void replay(
      SortedMap<Long, byte[]> kept,
      MinuteStore store,
      MinuteCodec codec,
      long clock,
      PartitionMemory memory) {
    entries.clear();
    isEmpty = true;
    kept.forEach(
        (number, entry) -> {
          StateFormat.require(entry, VERSION, VERSION, codec.input());
          bytes.wrap(entry);
          bytes.skip(2);
          entries.add(new Entry(number, replayEntry(store, codec, clock, memory)));
        });
  }

  /** Returns the start of the latest minute. */
  private long replayEntry(
      MinuteStore store, MinuteCodec codec, long clock, PartitionMemory memory) {
    long latest = Long.MIN_VALUE;
    long start = 0;
    while (bytes.hasMore()) {
      String symbol = bytes.readText();
      start += bytes.readSigned() * Minute.MILLIS;
      latest = Math.max(latest, start);
      int first = bytes.readByte();
      long changed = bytes.readUnsigned() << first;
      // one that is saved whole may have changed since
      Minute minute =
          isBehind(start, clock)
              ? new Minute(codec.input(), start)
              : memory.minutes(symbol).findOrCreate(start, store, codec);
      MinuteCodec.readSeconds(bytes, minute, changed);
      if (codec.input() == Input.TRADES) {
        MinuteCodec.readIdentities(bytes, minute.identities());
      }
      minute.journaled();
    }
    return latest;
  }
}
