package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreshnessTest {

  private static final long T = 1_788_877_020_000L;

  private final Freshness freshness = new Freshness(Duration.ofSeconds(1));

  @BeforeEach
  void measure() {
    freshness.measureFrom(T - 1);
    freshness.watch(List.of("AAPL", "MSFT"), T - 60_000);
  }

  @Test
  void takesTheMomentAtWhichTheLastRevisionOfARowWasFirstRead() {
    freshness.read("AAPL", T - 1_000, 10, T - 500);
    freshness.read("AAPL", T, 10, T + 100); // provisional: the newest second is not in it yet
    freshness.read("AAPL", T, 20, T + 700);
    freshness.read("AAPL", T, 20, T + 800); // read again

    freshness.settleBefore(Long.MAX_VALUE);

    assertThat(freshness.samples()).isEqualTo(1);
    assertThat(freshness.percentileMillis(50)).hasValue(700);
  }

  @Test
  void leavesOutARowWithoutANewSecond() {
    freshness.read("AAPL", T - 1_000, 10, T - 500);
    freshness.read("AAPL", T, 10, T + 100);

    freshness.settleBefore(Long.MAX_VALUE);

    assertThat(freshness.samples()).isZero();
    assertThat(freshness.percentileMillis(50)).isEmpty();
  }

  @Test
  void leavesOutWhatEndedBeforeTheMeasurement() {
    freshness.measureFrom(T);
    freshness.read("AAPL", T - 1_000, 10, T);
    freshness.read("AAPL", T, 20, T + 9_000);
    freshness.read("AAPL", T + 1_000, 30, T + 1_400);

    freshness.settleBefore(Long.MAX_VALUE);

    assertThat(freshness.samples()).isEqualTo(1);
    assertThat(freshness.percentileMillis(100)).hasValue(400);
  }

  @Test
  void leavesOutWhatEndedBeforeItsSymbolWasWatched() {
    freshness.watch(List.of("AAPL", "TSLA"), T + 50_000);
    for (String symbol : List.of("AAPL", "TSLA")) {
      freshness.read(symbol, T, 10, T + 100);
      freshness.read(symbol, T + 1_000, 20, T + 50_100);
      freshness.read(symbol, T + 50_000, 30, T + 50_100);
      freshness.read(symbol, T + 51_000, 40, T + 51_400);
    }

    freshness.settleBefore(Long.MAX_VALUE);

    assertThat(freshness.samples()).as("two of AAPL, one of TSLA").isEqualTo(3);
    assertThat(freshness.percentileMillis(50)).hasValue(400);
  }

  @Test
  void doesNotCompareSymbolsWithEachOther() {
    freshness.read("AAPL", T - 1_000, 10, T);
    freshness.read("MSFT", T, 20, T + 100);

    freshness.settleBefore(Long.MAX_VALUE);

    assertThat(freshness.samples()).isZero();
  }

  @Test
  void answersBeforeRowsAreSettled() {
    freshness.read("AAPL", T - 1_000, 10, T - 500);
    freshness.read("AAPL", T, 20, T + 700);
    freshness.read("AAPL", T + 1_000, 30, T + 1_900);

    assertThat(freshness.percentileMillis(50)).hasValue(700);
    assertThat(freshness.percentileMillis(99)).hasValue(900);
    assertThat(freshness.samples()).isZero();
  }

  @Test
  void countsARowThatComesLateWithItsLateMoment() {
    freshness.read("AAPL", T - 1_000, 10, T - 900);
    freshness.settleBefore(T);
    freshness.read("AAPL", T, 20, T + 40_000);

    freshness.settleBefore(T + 1_000);

    assertThat(freshness.percentileMillis(99).getAsLong()).isBetween(39_900L, 40_100L);
  }

  @Test
  void namesTheSymbolsWhoseRowsAStallKeepsBackAndCountsThemWhenTheyCome() {
    freshness.read("AAPL", T, 10, T + 500);
    freshness.read("MSFT", T, 10, T + 500);
    long later = T + 90_000;
    freshness.read("MSFT", T + 29_000, 20, T + 29_500);
    freshness.settleBefore(later - 60_000);

    assertThat(freshness.behind(later)).isEqualTo(Map.of("AAPL", T));

    freshness.read("AAPL", T + 1_000, 20, later);
    freshness.settleBefore(later - 60_000);

    assertThat(freshness.samples()).isEqualTo(1);
    assertThat(freshness.percentileMillis(100).getAsLong()).isBetween(88_900L, 89_200L);
  }

  @Test
  void countsTheWayFromTheSocketAfterTheWarmUpOnly() {
    long warm = T + Freshness.WARM_UP.toMillis();
    freshness.read("AAPL", T - 1_000, 10, T - 500);
    freshness.read("AAPL", T, T + 150, T + 4_000);
    assertThat(freshness.fromSocketMillis(50)).isEmpty();
    freshness.settleBefore(warm);

    freshness.read("AAPL", warm, warm + 50, warm + 300);
    freshness.read("AAPL", warm + 1_000, warm + 1_150, warm + 1_500);

    assertThat(freshness.fromSocketMillis(99)).hasValue(350);
    assertThat(freshness.percentileMillis(99).getAsLong()).isBetween(3_990L, 4_010L);
    freshness.settleBefore(Long.MAX_VALUE);
    assertThat(freshness.fromSocketMillis(99)).hasValue(350);
  }
}
