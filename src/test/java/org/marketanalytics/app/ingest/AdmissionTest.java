package org.marketanalytics.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.marketanalytics.app.ingest.Admission.problem;

import org.junit.jupiter.api.Test;

/** The rule is one for frames and for files. */
class AdmissionTest {
  private static final long NOW = 1_772_462_000_000L;
  private static final long HALF_AN_HOUR = 1_800_000;

  @Test
  void anEventOfNowMayPass() {
    assertThat(problem("A", "AAPL", NOW + HALF_AN_HOUR, NOW, 1_000_000)).isNull();
  }

  @Test
  void whatMayNotPassSaysWhy() {
    assertThat(problem("A", "AAPL", NOW, NOW, 1_000_001).reason()).isEqualTo("oversize");
    assertThat(problem("heartbeat", "AAPL", NOW, NOW, 40).reason()).isEqualTo("reserved-ev");
    assertThat(problem("A", "AAPL", NOW + HALF_AN_HOUR + 1, NOW, 180).reason())
        .isEqualTo("in-the-future");
    assertThat(problem("A", "A".repeat(257), NOW, NOW, 400).reason()).isEqualTo("bad-symbol");
    assertThat(problem("A".repeat(65), "AAPL", NOW, NOW, 400).reason()).isEqualTo("bad-ev");
  }
}
