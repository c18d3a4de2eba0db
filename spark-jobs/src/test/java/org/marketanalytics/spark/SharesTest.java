package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharesTest {
  private static SparkSession spark;

  @TempDir private Path checkpoint;

  @BeforeAll
  static void startSpark() {
    spark = Session.start("local[2]", 0);
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void areAsManyAsAskedForButAtMostOneAPartition() {
    assertThat(count(3, 8)).isEqualTo(3);
    assertThat(count(12, 8)).isEqualTo(8);
  }

  @Test
  void areOneForEachCoreOfThisMachineButAtMostEightWhenNoNumberIsAskedFor() {
    int cores = Runtime.getRuntime().availableProcessors();

    assertThat(count(0, 1_000)).isEqualTo(Math.min(cores, 8));
  }

  @Test
  void stayAsManyAsTheCheckpointWasBegunWith() throws Exception {
    Path offsets = Files.createDirectories(checkpoint.resolve("offsets"));
    Files.writeString(offsets.resolve(".13.half-written.tmp"), "v1");
    Files.writeString(
        offsets.resolve("12"),
        """
        v1
        {"batchWatermarkMs":0,"conf":{"spark.sql.shuffle.partitions":"1"}}
        {"market.raw":{"0":12,"2":7}}
        {"market.raw":{"1":12}}""");

    assertThat(count(5, 8)).isEqualTo(2);
  }

  @Test
  void readACheckpointWithoutABatchAsANewOne() throws Exception {
    Files.createDirectories(checkpoint.resolve("offsets"));

    assertThat(count(5, 8)).isEqualTo(5);
  }

  private int count(int asked, int partitions) {
    return Shares.count(spark, asked, partitions, checkpoint.toString());
  }
}
