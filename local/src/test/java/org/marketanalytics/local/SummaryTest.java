package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {

  private static final Summary GOOD =
      new Summary(
          1000L,
          1000,
          120,
          50,
          300,
          0,
          900L,
          1_700L,
          21.26,
          1_490L,
          new Tables(50, 300),
          50L,
          300L,
          true);

  @Test
  void isOneJsonObjectWithTheAgreedNames() {
    assertThat(GOOD.json(Map.of()))
        .isEqualTo(
            """
            {
              "events_sent": 1000,
              "raw_records": 1000,
              "aggregated_records": 120,
              "bars_rows": 50,
              "moving_averages_rows": 300,
              "dead_letters": 0,
              "freshness_p50_ms": 900,
              "freshness_p99_ms": 1700,
              "ready_s": 21.3,
              "rss_mib": 1490
            }
            """);
  }

  @Test
  void hasNullForWhatCannotBeKnown() {
    Summary live =
        new Summary(
            null,
            1000,
            120,
            50,
            300,
            0,
            null,
            null,
            21.3,
            null,
            new Tables(50, 300),
            null,
            null,
            false);

    assertThat(live.json(Map.of()))
        .contains("\"events_sent\": null", "\"freshness_p50_ms\": null", "\"rss_mib\": null");
    assertThat(live.complaint()).isEmpty();
  }

  @Test
  void complainsOnlyWhenSomethingIsWrong() {
    assertThat(GOOD.complaint()).isEmpty();
    assertThat(figures(1001L, 1000, 50, 0, 1L).complaint())
        .isEqualTo("1001 events were sent, 1000 are on market.raw");
    assertThat(figures(0L, 0, 50, 0, null).complaint())
        .isEqualTo("nothing came through: 0 raw, 9 aggregated records");
    assertThat(figures(9L, 9, 0, 0, 1L).complaint())
        .isEqualTo("a table is empty: 0 bars, 300 moving averages");
    assertThat(figures(9L, 9, 1, 2, 1L).complaint())
        .isEqualTo("2 records are on market.dead-letter");
    assertThat(figures(9L, 9, 50, 0, null).complaint())
        .startsWith("no freshness could be measured");
  }

  @Test
  void complainsWhenTheTablesDoNotHoldWhatTheRecordsOfThisRunMake() {
    assertThat(rows(new Tables(0, 9), 0L, 9L).complaint())
        .isEqualTo("a table got no row of this run: 0 bars, 9 moving averages");
    assertThat(rows(new Tables(4, 9), 5L, 9L).complaint())
        .isEqualTo("the records of this run make 5 bars, the table holds 4");
    assertThat(rows(new Tables(5, 8), 5L, 9L).complaint())
        .isEqualTo("the records of this run make 9 moving averages, the table holds 8");
    assertThat(rows(new Tables(5, 9), 5L, 9L).complaint()).isEmpty();
  }

  private static Summary figures(Long sent, long raw, long bars, long deadLetters, Long freshness) {
    return new Summary(
        sent,
        raw,
        9,
        bars,
        300,
        deadLetters,
        freshness,
        freshness,
        1,
        1L,
        new Tables(50, 300),
        50L,
        300L,
        true);
  }

  private static Summary rows(Tables ofRun, Long bars, Long movingAverages) {
    return new Summary(9L, 9, 9, 50, 300, 0, 1L, 1L, 1, 1L, ofRun, bars, movingAverages, true);
  }
}
