package org.marketanalytics.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRunTest {

  @TempDir private Path checkpoint;

  @Test
  void readsHowFarTheLastBatchWentThatIsDone() throws IOException {
    write("offsets/9", 40, 2);
    write("offsets/10", 60, 5);
    write("offsets/11", 99, 9);
    write("commits/9", 0, 0);
    write("commits/10", 0, 0);
    write("commits/.11.tmp", 0, 0);

    assertThat(JobRun.records(checkpoint)).isEqualTo(65);
  }

  @Test
  void nothingIsReadBeforeTheFirstBatch() throws IOException {
    assertThat(JobRun.records(checkpoint)).isZero();
  }

  private void write(String file, int first, int second) throws IOException {
    Path path = checkpoint.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(
        path,
        """
        v1
        {"batchWatermarkMs":0,"conf":{"spark.sql.shuffle.partitions":"1"}}
        {"market.raw":{"0":%d}}
        {"market.raw":{"1":%d}}"""
            .formatted(first, second));
  }
}
