package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffsetsTest {

  private static final TopicPartition ZERO = new TopicPartition(Topics.RAW, 0);
  private static final TopicPartition ONE = new TopicPartition(Topics.RAW, 1);

  @TempDir Path checkpoint;

  @BeforeEach
  void makeFolders() throws Exception {
    Files.createDirectories(checkpoint.resolve("offsets"));
    Files.createDirectories(checkpoint.resolve("commits"));
  }

  @Test
  void readsTheOffsetsOfTheLastBatchThatIsDone() throws Exception {
    batch(9, 10, 20);
    commit(9);
    batch(10, 30, 40);
    commit(10);
    batch(11, 50, 60);

    assertThat(Offsets.ofJob(checkpoint)).isEqualTo(Map.of(ZERO, 30L, ONE, 40L));
  }

  @Test
  void isNowhereBeforeTheFirstBatch() throws Exception {
    assertThat(Offsets.ofJob(checkpoint)).isEmpty();
    assertThat(Offsets.ofJob(checkpoint.resolve("missing"))).isEmpty();
  }

  @Test
  void wantsEveryPartitionThatHoldsSomethingToBeRead() {
    assertThat(Offsets.reached(Map.of(ZERO, 5L), Map.of(ZERO, 5L, ONE, 0L))).isTrue();
    assertThat(Offsets.reached(Map.of(ZERO, 5L), Map.of(ZERO, 5L, ONE, 1L))).isFalse();
    assertThat(Offsets.reached(Map.of(ZERO, 4L), Map.of(ZERO, 5L))).isFalse();
  }

  private void batch(int number, long zero, long one) throws Exception {
    Files.writeString(
        checkpoint.resolve("offsets/" + number),
        """
        v1
        {"batchWatermarkMs":0,"batchTimestampMs":1788877020000,"conf":{"spark.sql.x":"7"}}
        {"market.raw":{"0":%d}}
        {"market.raw":{"1":%d}}"""
            .formatted(zero, one));
  }

  private void commit(int number) throws Exception {
    Files.writeString(checkpoint.resolve("commits/" + number), "v1\n{}");
  }
}
