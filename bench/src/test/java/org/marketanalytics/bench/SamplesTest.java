package org.marketanalytics.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(samples(9, 1, 4).median()).hasValue(4);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(samples(8, 1, 4, 2).median()).hasValue(3);
  }

  @Test
  void theSpreadIsTheWholeRangeByTheMedian() {
    assertThat(samples(9, 1, 4).spread()).hasValue(2);
  }

  @Test
  void whatIsNotANumberWasNotMeasured() {
    assertThat(samples(Double.NaN).median()).isEmpty();
    assertThat(samples(Double.NaN).spread()).isEmpty();
  }

  private static Samples samples(double... figures) {
    Samples samples = new Samples();
    for (double figure : figures) {
      samples.add(figure);
    }
    return samples;
  }
}
