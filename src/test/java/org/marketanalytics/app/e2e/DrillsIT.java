package org.marketanalytics.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof that nothing is lost, for some of the drills; {@code bin/drills} has them all. */
class DrillsIT {

  @TempDir private Path directory;

  @Test
  void noRowIsLostOrWrongWhenEachPartIsKilledInTurn() throws Exception {
    play("aggregates", "kill-in-turn");
  }

  @Test
  void noRowMadeOfTradesIsLostOrWrongWhenTheFeedIsLostAgainAndAgain() throws Exception {
    play("trades", "feed-drops-short");
  }

  private void play(String input, String... drills) throws Exception {
    Path summary = directory.resolve("summary.json");
    Path log = directory.resolve("drills.log");
    List<String> line =
        Stream.concat(
                Stream.of(
                    "bin/drills",
                    "--short",
                    "--rate=500",
                    "--input=" + input,
                    "--summary=" + summary,
                    "--data=" + directory.resolve("data")),
                Stream.of(drills))
            .toList();
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();

    assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();

    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    JsonNode outcomes = new ObjectMapper().readTree(summary.toFile());
    assertThat(outcomes)
        .extracting(outcome -> outcome.get("name").textValue())
        .containsExactly(drills);
    for (JsonNode outcome : outcomes) {
      assertThat(outcome.get("events").longValue()).isPositive();
      assertThat(outcome.get("rows_expected").longValue()).isGreaterThan(1_000);
      assertThat(outcome.get("rows_lost").longValue()).isZero();
      assertThat(outcome.get("rows_wrong").longValue()).isZero();
      assertThat(outcome.get("recover_s").doubleValue()).isNotNegative();
    }
    assertThat(process.descendants()).isEmpty();
  }
}
