package org.marketanalytics.local.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DrillTest {

  @Test
  void isFoundByItsWord() {
    for (Drill drill : Drill.values()) {
      assertThat(Drill.of(drill.word())).isSameAs(drill);
    }
  }

  @Test
  void namesTheKnownOnesWhenThereIsNone() {
    assertThatThrownBy(() -> Drill.of("kill-nobody"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "'kill-nobody' is no drill; there are undisturbed, kill-application,");
  }

  @Test
  void aDrillWithALostRowIsNotGood() {
    Comparison lost = new Comparison(2, 1, 0, List.of("lost A"));
    Outcome outcome = new Outcome("kill-job", "kill -9 of the job", 10, lost, 3.25, 0, "");

    assertThat(outcome.isGood()).isFalse();
    assertThat(outcome.json())
        .isEqualTo(
            "{\"name\":\"kill-job\",\"events\":10,\"rows_expected\":2,\"rows_lost\":1,\"rows_wrong\":0,\"recover_s\":3.3}");
    assertThat(outcome.markdown())
        .startsWith("| `kill-job` |")
        .endsWith("| 10 | 2 | 1 | 0 | 3.3 |");
  }

  @Test
  void aDrillThatComparedNothingIsNotGood() {
    Comparison nothing = new Comparison(0, 0, 0, List.of());

    assertThat(new Outcome("kill-job", "kill -9 of the job", 0, nothing, 3.25, 0, "").isGood())
        .isFalse();
  }

  @Test
  void aDrillThatCouldNotBeDoneIsNotGood() {
    Outcome outcome = Outcome.failed("kill-job", "kill -9 of the job", "no mount");

    assertThat(outcome.isGood()).isFalse();
    assertThat(outcome.line()).contains("NOT DONE: no mount");
    assertThat(outcome.json()).contains("\"rows_lost\":null");
  }
}
