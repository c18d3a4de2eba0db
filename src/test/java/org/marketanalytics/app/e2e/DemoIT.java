package org.marketanalytics.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command that a new user types first: it stores every event, compares every row with the
 * events at its end, and finds one that was changed.
 */
class DemoIT {

  private static final String OLDEST_AVERAGE =
      " FROM moving_averages ORDER BY window_end, symbol LIMIT 1";

  @TempDir private Path directory;

  @Test
  void aRunThatIsRightEndsWellAndAChangedRowIsNamed() throws Exception {
    Path summary = directory.resolve("summary.json");
    Path log = directory.resolve("right.log");
    Process right = demo(log, "--summary=" + summary);

    assertThat(right.waitFor(8, TimeUnit.MINUTES)).isTrue();

    assertThat(right.exitValue()).as(() -> read(log)).isZero();
    assertThat(right.descendants()).isEmpty();
    JsonNode figures = new ObjectMapper().readTree(summary.toFile());
    assertThat(figures.get("events_sent").longValue()).isPositive();
    assertThat(figures.get("raw_records")).isEqualTo(figures.get("events_sent"));
    assertThat(figures.get("aggregated_records").longValue()).isPositive();
    assertThat(figures.get("bars_rows").longValue()).isPositive();
    assertThat(figures.get("moving_averages_rows").longValue()).isPositive();
    assertThat(figures.get("dead_letters").longValue()).isZero();
    assertThat(figures.fieldNames())
        .toIterable()
        .contains("freshness_p50_ms", "freshness_p99_ms", "ready_s", "rss_mib");
    assertThat(figures.get("bars_final")).isEqualTo(figures.get("bars_rows"));
    assertThat(figures.get("reconcile_rows").longValue())
        .isEqualTo(
            figures.get("bars_rows").longValue() + figures.get("moving_averages_rows").longValue());
    assertThat(figures.get("reconcile_differences").longValue()).isZero();

    // a second run on the same folder answers for the rows of the first, too
    Path changedLog = directory.resolve("changed.log");
    Process changed = demo(changedLog);
    try {
      await("the wait")
          .atMost(Duration.ofMinutes(3))
          .until(() -> read(changedLog).contains("waiting until the last rows are final"));
      String symbol =
          sql("SELECT symbol" + OLDEST_AVERAGE).lines().skip(1).findFirst().orElseThrow();
      sql(
          "--write",
          "UPDATE moving_averages SET avg_close = avg_close + 0.000001 ORDER BY window_end, symbol LIMIT 1");
      assertThat(changed.waitFor(8, TimeUnit.MINUTES)).isTrue();

      assertThat(changed.exitValue()).as(() -> read(changedLog)).isEqualTo(1);
      assertThat(read(changedLog))
          .containsPattern(
              "(?m)^moving_averages symbol=" + symbol + " window_end=\\S+ different: avg_close ")
          .containsPattern("(?m)reconcile_differences +1$")
          .containsPattern("demo: 1 of \\d+ rows are not what the events say");
    } finally {
      changed.destroy();
      assertThat(changed.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private Process demo(Path log, String... more) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                "./demo",
                "--for=10s",
                "--lateness=10s",
                "--reconcile",
                "--data=" + directory.resolve("data")));
    line.addAll(List.of(more));
    return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private String sql(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("bin/sql", "--data=" + directory.resolve("data")));
    line.addAll(List.of(arguments));
    Path answer = directory.resolve("answer");
    Process sql =
        new ProcessBuilder(line)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(answer.toFile())
            .start();
    assertThat(sql.waitFor()).as(() -> read(answer)).isZero();
    return Files.readString(answer);
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
