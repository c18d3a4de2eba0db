package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLogTest {

  @Test
  void namesTheFiveSymbolsWithTheMostLateEvents() {
    Map<String, Long> late = Map.of("A", 1L, "B", 9L, "C", 3L, "D", 3L, "E", 2L, "F", 7L);

    assertThat(ProgressLog.most(late)).isEqualTo("B:9,F:7,C:3,D:3,E:2");
  }
}
