package org.marketanalytics.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapsTest {

  @Test
  void addsUpTheGenerationsAndLeavesOutTheMetaspace() {
    String info =
        """
        4711:
         def new generation   total 59008K, used 1049K [0x1, 0x2, 0x3)
          eden space 52480K,   2% used [0x1, 0x2, 0x3)
         tenured generation   total 131072K, used 20000K [0x1, 0x2, 0x3)
           the space 131072K,  15% used [0x1, 0x2, 0x3)
         Metaspace       used 30000K, committed 30500K, reserved 1100000K
        """;

    assertThat(Heaps.usedKib(info)).isEqualTo(21_049);
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
