package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 15, 16})
  void dealsPartitionsOutInTurn(int tasks) {
    for (int partition = 0; partition < 64; partition++) {
      int task = Math.floorMod(Murmur3_x86_32.hashInt(Lanes.keyOf(partition), 42), tasks);
      assertThat(task).isEqualTo(partition % tasks);
    }
  }

  @Test
  void givesEachPartitionAKeyOfItsOwn() {
    assertThat(IntStream.range(0, 4_000).map(Lanes::keyOf)).doesNotHaveDuplicates();
  }

  /** Where the state of a partition lies; a checkpoint of an older job must still be found. */
  @Test
  void neverChangesAKey() {
    assertThat(IntStream.range(0, 8).map(Lanes::keyOf))
        .containsExactly(2122, 3179, 848, 1180, 1033, 1651, 296, 1133);
  }
}
