package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "A B", "\u0000", "F\u00c7X", "a\n", "123456789012345678901234567890123"})
  void countsAKeyThatIsNoSymbolWithTheOthers(String key) {
    assertThat(Symbols.of(key.getBytes(StandardCharsets.UTF_8))).isEqualTo("(other)");
  }

  @Test
  void countsARecordWithoutAKeyWithTheOthers() {
    assertThat(Symbols.of(null)).isEqualTo("(other)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "BRK.B", "X:BTC-USD", "12345678901234567890123456789012"})
  void namesASymbol(String key) {
    assertThat(Symbols.of(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(key);
  }

  @Test
  void tellsNoMoreSymbolsApartThanTheBound() {
    Map<String, Long> counts = new HashMap<>();
    for (int symbol = 0; symbol < 1_005; symbol++) {
      Symbols.add(counts, "S" + symbol, 2);
    }
    Symbols.add(counts, "S0", 1);

    assertThat(counts).hasSize(1_001).containsEntry("S0", 3L).containsEntry("(other)", 10L);
  }
}
