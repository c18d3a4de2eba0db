package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReconciledTest {

  @Test
  void isRightWhenEveryRowIsEqual() {
    Reconciled equal = reconciled(0, 300, 0);

    assertThat(equal.complaint()).isEmpty();
    assertThat(equal.isDifferent()).isFalse();
    assertThat(equal.figures())
        .containsExactly(
            entry("bars_final", "50"),
            entry("reconcile_rows", "300"),
            entry("reconcile_differences", "0"));
  }

  @Test
  void complainsOfRowsThatDiffer() {
    Reconciled different = reconciled(1, 300, 2);

    assertThat(different.complaint()).isEqualTo("2 of 300 rows are not what the events say");
    assertThat(different.isDifferent()).isTrue();
  }

  @Test
  void complainsWhenNothingCouldBeCompared() {
    Reconciled failed = reconciled(3, -1, -1);

    assertThat(failed.complaint()).isEqualTo("the rows could not be compared: the last line");
    assertThat(failed.isDifferent()).isFalse();
    assertThat(failed.figures()).containsEntry("reconcile_rows", "null");
    assertThat(reconciled(0, 0, 0).complaint()).isEqualTo("there was no row to compare");
  }

  private static Reconciled reconciled(int exitCode, long rows, long differences) {
    return new Reconciled(
        50, new Reconciliation.Result(exitCode, rows, differences, List.of("the last line")));
  }
}
