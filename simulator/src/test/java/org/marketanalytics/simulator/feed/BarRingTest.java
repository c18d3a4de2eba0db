package org.marketanalytics.simulator.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.marketanalytics.simulator.market.Bar;

class BarRingTest {
  /** Against a sorted map, of which the earliest is dropped when it grows beyond the capacity. */
  @Property
  void keepsTheLastVersionOfTheLatestWindowsInWhateverOrderTheyCome(
      @ForAll @IntRange(min = 1, max = 40) int capacity,
      @ForAll @Size(max = 200) List<@IntRange(max = 60) Integer> seconds) {
    BarRing ring = new BarRing(capacity, 1_000);
    TreeMap<Long, Bar> expected = new TreeMap<>();
    for (int i = 0; i < seconds.size(); i++) {
      Bar bar = bar(seconds.get(i) * 1_000L, i + 1);
      ring.add(bar);
      expected.put(bar.startMillis(), bar);
      if (expected.size() > capacity) {
        expected.pollFirstEntry();
      }
    }

    assertThat(ring.bars(Long.MAX_VALUE / 2, start -> true))
        .containsExactlyElementsOf(expected.values());
  }

  private static Bar bar(long start, long value) {
    return new Bar(
        0, start, start + 1_000, value, value + 1, value, value, value, value, value, 0, 0, 0);
  }
}
