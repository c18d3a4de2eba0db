package org.marketanalytics.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PidsTest {

  @Test
  void readsTheTimesWhateverTheProgramIsCalled() {
    String stat = "4711 (a ) b) S 1 4711 4711 0 -1 4194560 1 2 3 4 250 50 6 7 20 0 1 0 99 100 5";

    assertThat(Pids.cpuSeconds(stat)).isEqualTo(3);
  }
}
