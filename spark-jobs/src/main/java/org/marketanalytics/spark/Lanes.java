package org.marketanalytics.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * Grouping keys that spread Kafka partitions evenly.
 *
 * <p>Spark deals groups out by a hash of their key; with a handful of partition numbers as keys the
 * deal is lopsided (eight over two tasks: three and five). So partition {@code p} gets the smallest
 * key whose hash deals it out to task {@code p} modulo the count of tasks, for any count up to 8,
 * and 10, 12, 14, 15, 16 and so on. The key of a partition must never change: it is the address of
 * its state.
 *
 * <p>What is replayed has a lane of its own beside that of the live events, with a key below 0: its
 * times say nothing about what is late or final among them, nor theirs about it.
 */
final class Lanes {
  /** Least common multiple of 1 to 8 and 16. */
  private static final int COUNTS = 1_680;

  /** Seed of the hash by which Spark deals rows out. */
  private static final int SEED = 42;

  private static final String REPLAY = "replay";

  private static final List<Integer> LIVE_KEYS = new ArrayList<>();
  private static final List<Integer> REPLAY_KEYS = new ArrayList<>();

  private Lanes() {}

  /**
   * The key of a partition's live or replayed records.
   *
   * @param origin header {@code origin}, or null
   */
  static int keyOf(int partition, String origin) {
    return REPLAY.equals(origin)
        ? keyOf(partition, REPLAY_KEYS, -1)
        : keyOf(partition, LIVE_KEYS, 1);
  }

  /** Whether a key is that of replayed records. */
  static boolean isReplay(int key) {
    return key < 0;
  }

  private static int keyOf(int partition, List<Integer> keys, int sign) {
    synchronized (keys) {
      while (keys.size() <= partition) {
        keys.add(find(keys.size(), sign));
      }
      return keys.get(partition);
    }
  }

  /**
   * Partitions that deal alike (0 and 1,680) still need keys of their own, so each looks in a range
   * of its own.
   */
  private static int find(int partition, int sign) {
    int key = sign * (partition / COUNTS * 1_000_000 + (1 - sign) / 2);
    while (Math.floorMod(Murmur3_x86_32.hashInt(key, SEED), COUNTS) != partition % COUNTS) {
      key += sign;
    }
    return key;
  }
}
