package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveHeapTest {

  @Test
  void isTheTotalOfTheHistogram() {
    String histogram =
        """
        4711:
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:         80723       21758152  [B (java.base@17.0.15)
           2:        126370        5054800  java.util.TreeMap$Entry (java.base@17.0.15)
        Total        207093       26812952
        """;

    assertThat(LiveHeap.total(histogram)).isEqualTo(26_812_952);
  }

  @Test
  void isAtLeastWhatThisProcessHolds() throws Exception {
    byte[] held = new byte[20 << 20];

    assertThat(LiveHeap.bytes(ProcessHandle.current().pid())).isGreaterThan(held.length);
  }

  @Test
  void isNothingOfAProcessThatHasEnded() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();

    assertThat(LiveHeap.bytes(ended.pid())).isZero();
  }
}
