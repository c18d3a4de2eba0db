package org.marketanalytics.simulator.feed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.marketanalytics.simulator.market.Bar;

/** The last aggregates of one symbol in the order of time, eight numbers each and no object. */
final class BarRing {
  /** What one aggregate takes. */
  static final int BYTES_OF_A_BAR = 64;

  private static final int FIELDS = BYTES_OF_A_BAR / Long.BYTES;

  private final int capacity;
  private final long windowMillis;
  private long[] cells = new long[FIELDS * 16];
  private int oldest;
  private int count;

  /**
   * @param capacity how many it holds; the oldest makes room for a newer one
   * @param windowMillis the length of each
   */
  BarRing(int capacity, long windowMillis) {
    this.capacity = capacity;
    this.windowMillis = windowMillis;
  }

  /**
   * Adds an aggregate at its place in time. One for a window that there is one of replaces it, as
   * the feed's revisions do.
   */
  synchronized void add(Bar bar) {
    int place = placeOf(bar.startMillis());
    if (place == count || cells[at(place)] != bar.startMillis()) {
      place = opened(place);
    }
    if (place < 0) {
      return;
    }
    int at = at(place);
    cells[at] = bar.startMillis();
    cells[at + 1] = bar.open();
    cells[at + 2] = bar.high();
    cells[at + 3] = bar.low();
    cells[at + 4] = bar.close();
    cells[at + 5] = bar.volume();
    cells[at + 6] = bar.vwap();
    cells[at + 7] = bar.trades();
  }

  /** Those not older than that before the last one whose start passes the test. */
  synchronized List<Bar> bars(long lengthMillis, LongPredicate start) {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = at(i);
      if (cells[at] > cells[at(count - 1)] - lengthMillis && start.test(cells[at])) {
        bars.add(bar(at));
      }
    }
    return bars;
  }

  /** The first place whose start is not before that one; mostly that after the last. */
  private int placeOf(long startMillis) {
    int place = count;
    while (place > 0 && cells[at(place - 1)] >= startMillis) {
      place--;
    }
    return place;
  }

  /**
   * Moves what is from that place on one further.
   *
   * @return the place that is free now; negative if it is older than all there is room for
   */
  private int opened(int wanted) {
    int place = wanted;
    if (count == capacity) {
      if (place == 0) {
        return -1;
      }
      oldest = (oldest + 1) % capacity;
      count--;
      place--;
    } else if (count * FIELDS == cells.length) {
      // it only turns once it has its full size, so the oldest is still at the front
      cells = Arrays.copyOf(cells, (int) Math.min((long) capacity * FIELDS, cells.length * 2L));
    }
    for (int i = count++; i > place; i--) {
      System.arraycopy(cells, at(i - 1), cells, at(i), FIELDS);
    }
    return place;
  }

  private Bar bar(int at) {
    return new Bar(
        0,
        cells[at],
        cells[at] + windowMillis,
        cells[at + 1],
        cells[at + 2],
        cells[at + 3],
        cells[at + 4],
        cells[at + 5],
        cells[at + 6],
        cells[at + 7],
        0,
        0,
        0);
  }

  private int at(int place) {
    return (oldest + place) % capacity * FIELDS;
  }
}
