package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 15, 16})
  void dealsPartitionsOutInTurn(int tasks) {
    for (String origin : List.of("live", "replay")) {
      for (int partition = 0; partition < 64; partition++) {
        int key = Lanes.keyOf(partition, origin);
        int task = Math.floorMod(Murmur3_x86_32.hashInt(key, 42), tasks);
        assertThat(task).isEqualTo(partition % tasks);
      }
    }
  }

  @Test
  void givesEachPartitionAKeyOfItsOwn() {
    assertThat(IntStream.concat(keys(4_000, "live"), keys(4_000, "replay")))
        .doesNotHaveDuplicates();
  }

  /** Where the state of a partition lies; a checkpoint of an older job must still be found. */
  @Test
  void neverChangesAKey() {
    assertThat(keys(8, "live")).containsExactly(2122, 3179, 848, 1180, 1033, 1651, 296, 1133);
    assertThat(keys(8, "backfill")).containsExactlyElementsOf(keys(8, null).boxed().toList());
    assertThat(keys(8, "replay")).containsExactly(-3546, -1199, -22, -2544, -406, -2, -624, -219);
  }

  private static IntStream keys(int partitions, String origin) {
    return IntStream.range(0, partitions).map(partition -> Lanes.keyOf(partition, origin));
  }
}
