package org.marketanalytics.simulator.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.marketanalytics.simulator.market.Channel;
import org.marketanalytics.simulator.market.JsonBytes;

/**
 * The trades of a feed as they were made, byte for byte, whether a client got them or not: as many
 * of the last as fit into its memory.
 */
final class TradeHistory {
  private static final int CHUNK_BYTES = 1 << 18;
  private static final int LEAST_CHUNKS = 4;

  private final int maxChunks;
  private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
  private long made;

  /**
   * A trade.
   *
   * @param nanos its time
   * @param number how many were made before it
   * @param json the event
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Kept(long nanos, long number, byte[] json) {
    static final Comparator<Kept> BY_TIME =
        Comparator.comparingLong(Kept::nanos).thenComparingLong(Kept::number);
  }

  /**
   * @param bytes the memory it may take, about; 0 for a history that keeps nothing
   */
  TradeHistory(long bytes) {
    maxChunks = bytes == 0 ? 0 : (int) Math.max(LEAST_CHUNKS, bytes / CHUNK_BYTES);
  }

  boolean keeps(Channel channel) {
    return maxChunks > 0 && (channel == Channel.T || channel == Channel.XT);
  }

  /** Keeps the trades among the events. */
  synchronized void keep(EventBatch batch) {
    for (int i = 0; i < batch.count(); i++) {
      if (keeps(batch.channel(i))) {
        room().add(batch, i);
        made++;
      }
    }
  }

  /** The trades of a symbol in [{@code fromNanos}, {@code toNanos}], in the order of time. */
  synchronized List<Kept> find(int symbol, long fromNanos, long toNanos) {
    List<Kept> found = new ArrayList<>();
    for (Chunk chunk : chunks) {
      chunk.find(symbol, fromNanos, toNanos, found);
    }
    found.sort(Kept.BY_TIME);
    return found;
  }

  private Chunk room() {
    if (chunks.isEmpty() || chunks.getLast().isFull()) {
      if (chunks.size() == maxChunks) {
        chunks.remove();
      }
      chunks.add(new Chunk(made));
    }
    return chunks.getLast();
  }

  /** Some trades; full once its bytes are. */
  private static final class Chunk {
    private static final long NANOS_OF_A_MILLI = 1_000_000;

    private final JsonBytes json = new JsonBytes(CHUNK_BYTES);
    private final long first;
    private int[] ends = new int[1_024];
    private int[] symbols = new int[1_024];
    private long[] nanos = new long[1_024];
    private int count;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    Chunk(long first) {
      this.first = first;
    }

    boolean isFull() {
      return json.length() > CHUNK_BYTES - 512;
    }

    void add(EventBatch batch, int place) {
      if (count == ends.length) {
        ends = Arrays.copyOf(ends, count * 2);
        symbols = Arrays.copyOf(symbols, count * 2);
        nanos = Arrays.copyOf(nanos, count * 2);
      }
      batch.copyTo(json, place);
      ends[count] = json.length();
      symbols[count] = batch.symbol(place);
      nanos[count] = batch.timeMillis(place) * NANOS_OF_A_MILLI;
      earliest = Math.min(earliest, nanos[count]);
      latest = Math.max(latest, nanos[count]);
      count++;
    }

    void find(int symbol, long fromNanos, long toNanos, List<Kept> found) {
      if (latest < fromNanos || earliest > toNanos) {
        return;
      }
      for (int i = 0; i < count; i++) {
        if (symbols[i] == symbol && nanos[i] >= fromNanos && nanos[i] <= toNanos) {
          found.add(new Kept(nanos[i], first + i, json.copy(i == 0 ? 0 : ends[i - 1], ends[i])));
        }
      }
    }
  }
}
