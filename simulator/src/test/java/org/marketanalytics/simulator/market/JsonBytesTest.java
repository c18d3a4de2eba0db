package org.marketanalytics.simulator.market;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class JsonBytesTest {
  @Property
  void writesEveryDecimalAsItsPlainNotation(
      @ForAll @LongRange(min = -Long.MAX_VALUE) long unscaled,
      @ForAll @IntRange(max = 8) int decimals) {
    String expected =
        unscaled == 0
            ? "0"
            : BigDecimal.valueOf(unscaled, decimals).stripTrailingZeros().toPlainString();

    assertThat(new JsonBytes(1).decimal(unscaled, decimals)).hasToString(expected);
  }

  @Property
  void writesEveryWholeNumber(@ForAll @LongRange(min = -Long.MAX_VALUE) long value) {
    assertThat(new JsonBytes(1).number(value)).hasToString(Long.toString(value));
  }

  @Test
  void endsWholeSizesInPointZero() {
    assertThat(new JsonBytes(1).decimalString(40_000_000, 6)).hasToString("40.0");
    assertThat(new JsonBytes(1).decimalString(250_000, 6)).hasToString("0.25");
  }

  @Test
  void keepsAllDecimalsOfAFractionalVolume() {
    assertThat(new JsonBytes(1).paddedDecimalString(4_332_125_038_360L, 6))
        .hasToString("4332125.038360");
    assertThat(new JsonBytes(1).paddedDecimalString(4_989_000_000L, 6)).hasToString("4989.0");
  }

  @Test
  void growsAndCopiesAndForgets() {
    JsonBytes json = new JsonBytes(1).append("[").append("abc".getBytes(US_ASCII), 1, 2);
    json.append(new JsonBytes(4).append("wxyz"), 1, 3);

    assertThat(json).hasToString("[bcxy");
    assertThat(json.copy(1, 3)).asString(US_ASCII).isEqualTo("bc");

    json.truncate(1);

    assertThat(json).hasToString("[");
  }
}
