package org.marketanalytics.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapsTest {

  @Test
  void takesTheTotalOfTheHistogram() {
    String histogram =
        """
        4711:
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:         80723       21758152  [B (java.base@17.0.15)
           2:        126370        5054800  java.util.TreeMap$Entry (java.base@17.0.15)
        Total        207093       26812952
        """;

    assertThat(Heaps.liveKib(histogram)).isEqualTo(26_184);
    assertThat(Heaps.liveKib("")).isZero();
  }

  @Test
  void measuresTheHeapOfARunningJvm() throws Exception {
    Heaps heaps = new Heaps();

    String line = heaps.sample(Map.of("job", ProcessHandle.current().pid()));

    assertThat(line).matches("heap_mib job=\\d+\\.\\d");
    assertThat(heaps.lines()).singleElement().asString().startsWith("heap of job");
    assertThat(heaps.complaint()).isEmpty();
  }
}
