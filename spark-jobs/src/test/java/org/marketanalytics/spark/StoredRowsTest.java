package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredRowsTest {

  @Test
  void readsWholeUtcDays() {
    assertThat(slices("2026-03-02T14:30:00Z", "2026-03-04T00:00:00.001Z", "2026-03-02T14:30:00Z"))
        .containsExactly(
            "key_time >= '2026-03-02 14:30:00.000' AND key_time < '2026-03-03 00:00:00.000'",
            "key_time >= '2026-03-03 00:00:00.000' AND key_time < '2026-03-04 00:00:00.000'",
            "key_time >= '2026-03-04 00:00:00.000' AND key_time < '2026-03-04 00:00:00.001'");
  }

  @Test
  void readsInOneWhatIsBeforeTheFirstRowOfTheLog() {
    assertThat(slices("1970-01-01T00:00:00Z", "2026-03-03T10:00:00Z", "2026-03-02T14:30:00Z"))
        .containsExactly(
            "key_time >= '1970-01-01 00:00:00.000' AND key_time < '2026-03-03 00:00:00.000'",
            "key_time >= '2026-03-03 00:00:00.000' AND key_time < '2026-03-03 10:00:00.000'");
  }

  @Test
  void makesNoMoreQueriesForYears() {
    List<String> slices =
        slices("2016-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2016-01-01T00:00:00Z");

    assertThat(slices).hasSizeBetween(32, 64);
    assertThat(slices.get(0)).startsWith("key_time >= '2016-01-01 00:00:00.000'");
    assertThat(slices.get(slices.size() - 1)).endsWith("key_time < '2026-01-01 00:00:00.000'");
  }

  @Test
  void asksForAnEmptyRangeToo() {
    assertThat(slices("2026-03-02T14:30:00Z", "2026-03-02T14:30:00Z", "2026-03-02T14:30:00Z"))
        .hasSize(1);
  }

  private static List<String> slices(String first, String behind, String dense) {
    return StoredRows.slices(
        Instant.parse(first).toEpochMilli(),
        Instant.parse(behind).toEpochMilli(),
        Instant.parse(dense).toEpochMilli());
  }
}
