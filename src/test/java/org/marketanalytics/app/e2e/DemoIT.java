package org.marketanalytics.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that a new user types first. */
class DemoIT {

  @TempDir private Path directory;

  @Test
  void aTimedRunEndsWithEveryEventStored() throws Exception {
    Path summary = directory.resolve("summary.json");
    Path log = directory.resolve("demo.log");
    Process demo =
        new ProcessBuilder(
                "./demo",
                "--for=20s",
                "--summary=" + summary,
                "--data=" + directory.resolve("data"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();

    assertThat(demo.waitFor(5, TimeUnit.MINUTES)).isTrue();

    assertThat(demo.exitValue()).as(() -> read(log)).isZero();
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
    assertThat(demo.descendants()).isEmpty();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
