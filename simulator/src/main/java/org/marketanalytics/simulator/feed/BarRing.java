package org.marketanalytics.simulator.feed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.marketanalytics.simulator.market.Bar;

/** The last aggregates of one symbol, nine numbers each and no object. */
final class BarRing {
  private static final int FIELDS = 9;

  private final int capacity;
  private long[] cells = new long[FIELDS * 16];
  private int oldest;
  private int count;

  BarRing(int capacity) {
    this.capacity = capacity;
  }

  /** Adds an aggregate; one for the window that was added last replaces it. */
  synchronized void add(Bar bar) {
    if (count > 0 && cells[at(count - 1)] == bar.startMillis()) {
      count--;
    }
    if (count == capacity) {
      oldest = (oldest + 1) % capacity;
      count--;
    } else if (count * FIELDS == cells.length) {
      // it only turns once it has its full size, so the oldest is still at the front
      cells = Arrays.copyOf(cells, (int) Math.min((long) capacity * FIELDS, cells.length * 2L));
    }
    int at = at(count++);
    cells[at] = bar.startMillis();
    cells[at + 1] = bar.endMillis();
    cells[at + 2] = bar.open();
    cells[at + 3] = bar.high();
    cells[at + 4] = bar.low();
    cells[at + 5] = bar.close();
    cells[at + 6] = bar.volume();
    cells[at + 7] = bar.vwap();
    cells[at + 8] = bar.trades();
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

  private Bar bar(int at) {
    return new Bar(
        0,
        cells[at],
        cells[at + 1],
        cells[at + 2],
        cells[at + 3],
        cells[at + 4],
        cells[at + 5],
        cells[at + 6],
        cells[at + 7],
        cells[at + 8],
        0,
        0,
        0);
  }

  private int at(int place) {
    return (oldest + place) % capacity * FIELDS;
  }
}
