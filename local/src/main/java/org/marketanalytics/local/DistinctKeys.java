package org.marketanalytics.local;

import java.util.OptionalLong;

/**
 * Counts distinct keys by their hashes of 64 bits, in at most 16 MiB. Two of a million keys have
 * the same hash once in 37 million times.
 */
final class DistinctKeys {

  private static final int GREATEST = 1 << 20;
  private static final int FIRST_SLOTS = 1 << 12;
  private static final long EMPTY = 0;

  private long[] slots = new long[FIRST_SLOTS];
  private int count;
  private boolean full;

  void add(String key) {
    long hash = hash(key);
    if (full || !put(hash)) {
      return;
    }
    count++;
    if (count > GREATEST) {
      full = true;
      slots = new long[0];
    } else if (count * 2 > slots.length) {
      grow();
    }
  }

  /** How many there were; empty when there were more than a million. */
  OptionalLong count() {
    return full ? OptionalLong.empty() : OptionalLong.of(count);
  }

  private boolean put(long hash) {
    int slot = (int) hash & (slots.length - 1);
    while (slots[slot] != EMPTY) {
      if (slots[slot] == hash) {
        return false;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = hash;
    return true;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[before.length * 2];
    for (long hash : before) {
      if (hash != EMPTY) {
        put(hash);
      }
    }
  }

  /** FNV-1a, and the finish of SplitMix64, since keys differ in their last digits. */
  private static long hash(String key) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    hash ^= hash >>> 31;
    return hash == EMPTY ? 1 : hash;
  }
}
