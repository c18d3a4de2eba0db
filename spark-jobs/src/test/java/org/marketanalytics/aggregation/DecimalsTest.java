package org.marketanalytics.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "181.52, 181520000",
    "0.0000005, 1",
    "0.00000049999, 0",
    "1e-7, 0",
    "5e-7, 1",
    "5e-8, 0",
    "1.5E+3, 1500000000",
    "99999999999.999999, 99999999999999999",
    "1e-999999999999, 0",
    "0e999999999999, 0"
  })
  void readsNumbersAsJsonSpellsThem(String text, long millionths) {
    assertThat(DecimalsPropertiesTest.parse(text)).isEqualTo(millionths);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+1",
        ".5",
        "1.",
        "01",
        "1e",
        "1e+",
        "NaN",
        "Infinity",
        "0x10",
        " 1",
        "1 ",
        "1,5",
        "1.5.2"
      })
  void refusesWhatJsonDoesNotCallANumber(String text) {
    assertThat(DecimalsPropertiesTest.parse(text)).isEqualTo(Decimals.NOT_A_NUMBER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100000000000", "99999999999.9999995", "1e11", "1e999999999999", "-1e30"})
  void refusesWhatTheTablesCannotHold(String text) {
    assertThat(DecimalsPropertiesTest.parse(text)).isEqualTo(Decimals.TOO_LARGE);
  }

  @Test
  void refusesMoreDigitsThanAnyoneMeans() {
    assertThat(DecimalsPropertiesTest.parse("0." + "1".repeat(58))).isEqualTo(111_111);
    assertThat(DecimalsPropertiesTest.parse("0." + "1".repeat(59))).isEqualTo(Decimals.TOO_LARGE);
  }
}
