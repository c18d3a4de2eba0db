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
 */
final class Lanes {
  /** Least common multiple of 1 to 8 and 16. */
  private static final int COUNTS = 1_680;

  /** Seed of the hash by which Spark deals rows out. */
  private static final int SEED = 42;

  private static final List<Integer> KEYS = new ArrayList<>();

  private Lanes() {}

  static synchronized int keyOf(int partition) {
    while (KEYS.size() <= partition) {
      KEYS.add(find(KEYS.size()));
    }
    return KEYS.get(partition);
  }

  /**
   * Partitions that deal alike (0 and 1,680) still need keys of their own, so each looks in a range
   * of its own.
   */
  private static int find(int partition) {
    int key = partition / COUNTS * 1_000_000;
    while (Math.floorMod(Murmur3_x86_32.hashInt(key, SEED), COUNTS) != partition % COUNTS) {
      key++;
    }
    return key;
  }
}
