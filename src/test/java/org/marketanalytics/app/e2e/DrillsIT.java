package org.marketanalytics.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof that nothing is lost, for two of the drills; {@code bin/drills} has them all. */
class DrillsIT {

  @TempDir private Path directory;

  @Test
  void noRowIsLostOrWrongWhenJobOrDatabaseIsKilled() throws Exception {
    Path summary = directory.resolve("summary.json");
    Path log = directory.resolve("drills.log");
    Process drills =
        new ProcessBuilder(
                "bin/drills",
                "--short",
                "--rate=500",
                "--summary=" + summary,
                "--data=" + directory.resolve("data"),
                "kill-job",
                "kill-database")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();

    assertThat(drills.waitFor(12, TimeUnit.MINUTES)).isTrue();

    assertThat(drills.exitValue()).as(Files.readString(log)).isZero();
    JsonNode outcomes = new ObjectMapper().readTree(summary.toFile());
    assertThat(outcomes)
        .extracting(outcome -> outcome.get("name").textValue())
        .containsExactly("kill-job", "kill-database");
    for (JsonNode outcome : outcomes) {
      assertThat(outcome.get("events").longValue()).isPositive();
      assertThat(outcome.get("rows_expected").longValue()).isGreaterThan(1_000);
      assertThat(outcome.get("rows_lost").longValue()).isZero();
      assertThat(outcome.get("rows_wrong").longValue()).isZero();
      assertThat(outcome.get("recover_s").doubleValue()).isNotNegative();
    }
    assertThat(drills.descendants()).isEmpty();
  }
}
