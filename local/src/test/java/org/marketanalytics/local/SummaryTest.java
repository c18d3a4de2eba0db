package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SummaryTest {

  private static final Summary GOOD =
      new Summary(1000L, 1000, 120, 50, 300, 0, 900L, 1_700L, 21.26, 1_490);

  @Test
  void isOneJsonObjectWithTheAgreedNames() {
    assertThat(GOOD.json())
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
    Summary live = new Summary(null, 1000, 120, 50, 300, 0, null, null, 21.3, 1_490);

    assertThat(live.json()).contains("\"events_sent\": null", "\"freshness_p50_ms\": null");
    assertThat(live.complaint()).isEmpty();
  }

  @Test
  void complainsOnlyWhenSomethingIsWrong() {
    assertThat(GOOD.complaint()).isEmpty();
    assertThat(new Summary(1001L, 1000, 120, 50, 300, 0, 1L, 1L, 1, 1).complaint())
        .isEqualTo("1001 events were sent, 1000 are on market.raw");
    assertThat(new Summary(0L, 0, 0, 50, 300, 0, null, null, 1, 1).complaint())
        .isEqualTo("nothing came through: 0 raw, 0 aggregated records");
    assertThat(new Summary(9L, 9, 9, 0, 300, 0, 1L, 1L, 1, 1).complaint())
        .isEqualTo("a table is empty: 0 bars, 300 moving averages");
    assertThat(new Summary(9L, 9, 9, 1, 300, 2, 1L, 1L, 1, 1).complaint())
        .isEqualTo("2 records are on market.dead-letter");
  }
}
