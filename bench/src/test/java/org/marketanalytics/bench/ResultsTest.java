package org.marketanalytics.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

  private static final Results RESULTS =
      new Results(
          List.of(
              new Result(
                  "ingest",
                  "events/s",
                  new BigDecimal("123400"),
                  new BigDecimal("246800"),
                  null,
                  new BigDecimal("0.5"),
                  null,
                  new BigDecimal("0.034"))));

  @TempDir private Path folder;

  @Test
  void comesBackFromJsonAsItWas() throws IOException {
    Path file = folder.resolve("results.json");

    RESULTS.write(file);

    assertThat(Results.read(file)).isEqualTo(RESULTS);
  }

  @Test
  void namesItsFieldsForOtherPrograms() throws IOException {
    Path file = folder.resolve("results.json");

    RESULTS.write(file);

    JsonNode first = new ObjectMapper().readTree(file.toFile()).get(0);
    assertThat(first.fieldNames())
        .toIterable()
        .containsExactly(
            "name", "unit", "ours", "limit", "peer", "ratio_to_limit", "ratio_to_peer", "spread");
    assertThat(first.get("peer").isNull()).isTrue();
    assertThat(first.get("ours").asInt()).isEqualTo(123_400);
  }

  @Test
  void theScreenHasColumns() {
    assertThat(RESULTS.table())
        .isEqualTo(
            """
            name    unit         ours    limit  peer  ours/limit  ours/peer  spread
            ingest  events/s  123,400  246,800               0.5                3 %
            """);
  }

  @Test
  void thePageGetsTheTableBetweenItsMarkers() throws IOException {
    String page =
        "before\n%s\nold\n%s\nafter\n".formatted(PerformancePage.BEGIN, PerformancePage.END);

    String once = PerformancePage.replace(page, RESULTS.markdown());

    assertThat(once)
        .startsWith("before\n" + PerformancePage.BEGIN + "\n\n| name |")
        .contains("| ingest | events/s | 123,400 | 246,800 |  | 0.5 |  | 3 % |\n")
        .doesNotContain("old")
        .endsWith(PerformancePage.END + "\nafter\n");
    assertThat(PerformancePage.replace(once, RESULTS.markdown())).isEqualTo(once);
  }

  @Test
  void aPageWithoutMarkersIsRefused() {
    assertThatThrownBy(() -> PerformancePage.replace("nothing", ""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(PerformancePage.BEGIN);
  }
}
