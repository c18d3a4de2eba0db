package org.marketanalytics.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameWorkTest {

  @Test
  void everyEventOfTheFrameBecomesARecord() {
    FrameWork work = new FrameWork();
    work.start();

    assertThat(work.ours()).hasSize(FrameWork.EVENTS);

    work.stop();
  }
}
