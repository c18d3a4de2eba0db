package org.marketanalytics.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeedClockTest {
  private final FeedClock clock = new FeedClock();

  @Test
  void isNotKnownBeforeTheFirstEvent() {
    assertThat(clock.millis(5_000, false)).isEmpty();
  }

  @Test
  void goesOnWithTheWallWhenTheMarketIsSilent() {
    clock.saw(1_000, 50_000);

    assertThat(clock.millis(50_700, false)).hasValue(1_700);
    assertThat(clock.millis(53_000, false)).hasValue(4_000);
  }

  @Test
  void isTheGreatestTimeOfAnEvent() {
    clock.saw(1_000, 50_000);
    clock.saw(3_000, 50_001);
    clock.saw(2_000, 50_002);

    assertThat(clock.millis(50_001, false)).hasValue(3_000);
  }

  @Test
  void standsStillWhileEventsWait() {
    clock.saw(1_000, 50_000);

    assertThat(clock.millis(350_000, true)).hasValue(1_000);
    assertThat(clock.millis(351_000, false)).hasValue(2_000);
  }

  @Test
  void neverGoesBackWithTheWall() {
    clock.saw(1_000, 50_000);

    assertThat(clock.millis(40_000, false)).hasValue(1_000);
    assertThat(clock.millis(41_000, false)).hasValue(2_000);
  }
}
