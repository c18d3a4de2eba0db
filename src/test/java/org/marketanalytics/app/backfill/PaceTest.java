package org.marketanalytics.app.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long NOW = 1_788_877_045_000L;

  private final Pace pace = new Pace(5);

  @Test
  void requestsAreSpreadOverTheMinute() {
    assertThat(pace.takeAfter(0, NOW)).isZero();
    assertThat(pace.takeAfter(0, NOW)).isBetween(11_999L, 12_000L);
    assertThat(pace.takeAfter(0, NOW + 11_000)).isPositive();
    assertThat(pace.takeAfter(0, NOW + 12_000)).isZero();
  }

  @Test
  void turnsThatNobodyTookAreNotMadeUpFor() {
    pace.takeAfter(0, NOW);

    assertThat(pace.takeAfter(0, NOW + 600_000)).isZero();
    assertThat(pace.takeAfter(0, NOW + 600_001)).isPositive();
  }

  @Test
  void nobodyAsksBeforeAHoldIsOver() {
    pace.hold(NOW + 2_000);

    assertThat(pace.takeAfter(0, NOW)).isEqualTo(2_000);
    assertThat(pace.takeAfter(0, NOW + 2_000)).isZero();
  }

  @Test
  void oneThatHasToWaitLongerDoesNotTakeATurn() {
    assertThat(pace.takeAfter(NOW + 500, NOW)).isEqualTo(500);
    assertThat(pace.takeAfter(0, NOW)).isZero();
  }
}
