package org.marketanalytics.aggregation;

import java.util.function.LongConsumer;

/** A growing set of {@code long}s without boxes: open addressing, at most half full. */
final class LongSet {
  private long[] slots = new long[16];
  private boolean hasZero;
  private int filled;

  /** Whether the value is new. */
  boolean add(long value) {
    if (value == 0) {
      boolean added = !hasZero;
      hasZero = true;
      return added;
    }
    if (!insert(value)) {
      return false;
    }
    filled++;
    if (filled * 2 > slots.length) {
      grow();
    }
    return true;
  }

  boolean contains(long value) {
    return value == 0 ? hasZero : slots[find(value)] == value;
  }

  int size() {
    return filled + (hasZero ? 1 : 0);
  }

  void forEach(LongConsumer consumer) {
    if (hasZero) {
      consumer.accept(0);
    }
    for (long slot : slots) {
      if (slot != 0) {
        consumer.accept(slot);
      }
    }
  }

  private boolean insert(long value) {
    int at = find(value);
    if (slots[at] == value) {
      return false;
    }
    slots[at] = value;
    return true;
  }

  /** Where the value is, or is to be put. */
  private int find(long value) {
    int mask = slots.length - 1;
    int at = (int) ((value * 0x9E3779B97F4A7C15L) >>> 40) & mask;
    while (slots[at] != 0 && slots[at] != value) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] former = slots;
    slots = new long[former.length * 2];
    for (long value : former) {
      if (value != 0) {
        insert(value);
      }
    }
  }
}
