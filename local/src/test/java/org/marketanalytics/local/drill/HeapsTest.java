package org.marketanalytics.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapsTest {

  @Test
  void measuresTheHeapOfARunningJvm() throws Exception {
    Heaps heaps = new Heaps();

    String line = heaps.sample(Map.of("job", ProcessHandle.current().pid()));

    assertThat(line).matches("heap_mib job=\\d+\\.\\d");
    assertThat(heaps.lines()).singleElement().asString().startsWith("heap of job");
    assertThat(heaps.complaint()).isEmpty();
  }

  @Test
  void complainsOfAPartThatHoldsOverATenthMoreAtTheEnd() {
    Heaps heaps = new Heaps();
    for (int minute = 0; minute < 60; minute++) {
      heaps.add("flat", minute == 55 ? 300 : 100 + minute % 3);
      heaps.add("growing", 100 + minute / 4);
    }

    assertThat(heaps.complaint()).endsWith(": growing");
  }
}
