package org.marketanalytics.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchCommandTest {

  @Test
  void measuresWhatIsNamed() {
    assertThat(BenchCommand.chosen(List.of("frame")))
        .extracting(Benchmark::name)
        .containsExactly("frame");
  }

  @Test
  void measuresAllWhenNothingIsNamed() {
    assertThat(BenchCommand.chosen(List.of()))
        .extracting(Benchmark::name)
        .contains("frame")
        .doesNotHaveDuplicates();
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> BenchCommand.chosen(List.of("frames")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("frames")
        .hasMessageContaining("allowed: frame");
  }
}
