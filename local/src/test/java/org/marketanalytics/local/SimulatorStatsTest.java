package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SimulatorStatsTest {

  @Test
  void areReadFromTheAnswerInWhateverOrder() throws Exception {
    assertThat(
            Simulator.Stats.parse(
                "{\"connections\":1,\"events_sent\": 42,\"frames_sent\":7,\"malformed_sent\":2}"))
        .isEqualTo(new Simulator.Stats(42, 7, 1, 2));
  }

  @Test
  void areAnErrorWhereAFigureIsMissing() {
    assertThatThrownBy(() -> Simulator.Stats.parse("{\"connections\":1,\"frames_sent\":7}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("events_sent");
  }
}
