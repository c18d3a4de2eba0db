package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistinctKeysTest {

  private final DistinctKeys keys = new DistinctKeys();

  @Test
  void countEachKeyOnce() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 100_000; i++) {
        keys.add("AAPL " + (1_788_877_020_000L + i * 1_000L));
      }
    }

    assertThat(keys.count()).hasValue(100_000);
  }

  @Test
  void sayNothingWhenThereAreTooMany() {
    for (int i = 0; i < 1_100_000; i++) {
      keys.add("AAPL " + i);
    }

    assertThat(keys.count()).isEmpty();
  }
}
