package org.marketanalytics.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rule is one for frames and for files. */
class AdmissionTest {
  private static final long NOW = 1_772_462_000_000L;
  private static final long HALF_AN_HOUR = 1_800_000;

  @Test
  void anEventOfNowMayPass() {
    assertThat(Admission.problem("A", NOW + HALF_AN_HOUR, NOW, 1_000_000)).isNull();
  }

  @Test
  void whatMayNotPassSaysWhy() {
    assertThat(Admission.problem("A", NOW, NOW, 1_000_001).reason()).isEqualTo("oversize");
    assertThat(Admission.problem("heartbeat", NOW, NOW, 40).reason()).isEqualTo("reserved-ev");
    assertThat(Admission.problem("A", NOW + HALF_AN_HOUR + 1, NOW, 180).reason())
        .isEqualTo("in-the-future");
  }
}
