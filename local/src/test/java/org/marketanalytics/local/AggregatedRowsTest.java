package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AggregatedRowsTest {

  private static final String TIMES = "{\"start\":%d,\"end\":%d,\"revision\":%d}";

  private final AggregatedRows rows = new AggregatedRows(1_000);

  @Test
  void countABarByItsStartAndAnAverageByItsEnd() {
    rows.add("AAPL", "bar", TIMES.formatted(60, 120, 1_000));
    rows.add("AAPL", "bar", TIMES.formatted(60, 120, 1_001));
    rows.add("MSFT", "bar", TIMES.formatted(60, 120, 1_000));
    rows.add("AAPL", "average", TIMES.formatted(60, 120, 1_000));
    rows.add("AAPL", "average", TIMES.formatted(60, 121, 1_000));
    rows.add("AAPL", "average", TIMES.formatted(61, 121, 1_000));

    assertThat(rows.bars()).hasValue(2);
    assertThat(rows.movingAverages()).hasValue(2);
  }

  @Test
  void leaveOutWhatStandsOnAnEarlierRunOnly() {
    rows.add("AAPL", "bar", TIMES.formatted(60, 120, 999));

    assertThat(rows.bars()).hasValue(0);
  }
}
