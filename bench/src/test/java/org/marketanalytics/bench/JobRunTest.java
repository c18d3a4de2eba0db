package org.marketanalytics.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
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

  @Test
  void severalQueriesAreWhereTheOneBehindIs() throws IOException {
    write("ahead/offsets/3", 40, 40);
    write("ahead/commits/3", 0, 0);
    write("behind/offsets/7", 20, 10);
    write("behind/commits/7", 0, 0);

    JobRun.Reached reached =
        JobRun.Reached.of(List.of(checkpoint.resolve("ahead"), checkpoint.resolve("behind")));

    assertThat(reached.records()).isEqualTo(30);
  }

  @Test
  void ofQueriesThatAreEquallyFarTheLaterCounts() throws IOException {
    write("first/offsets/0", 20, 10);
    write("first/commits/0", 0, 0);
    write("second/offsets/0", 20, 10);
    write("second/commits/0", 0, 0);
    at("first/commits/0", 5);
    at("second/commits/0", 9);

    JobRun.Reached reached =
        JobRun.Reached.of(List.of(checkpoint.resolve("first"), checkpoint.resolve("second")));

    assertThat(reached.seconds()).isEqualTo(9);
  }

  private void at(String file, long epochSecond) throws IOException {
    Files.setLastModifiedTime(
        checkpoint.resolve(file), FileTime.from(Instant.ofEpochSecond(epochSecond)));
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
