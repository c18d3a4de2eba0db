package org.marketanalytics.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.marketanalytics.simulator.market.SaleConditions.Rule;

class SaleConditionsTest {
  @ParameterizedTest
  @CsvSource({
    "0,true,true,true",
    "2,false,false,true",
    "10,true,false,true",
    "12,false,false,true",
    "14,true,true,true",
    "15,false,false,false",
    "16,false,false,false",
    "37,false,false,true",
    "38,true,true,false",
    "41,true,true,true",
    "52,false,false,true"
  })
  void knowsWhatAConditionAllows(int id, boolean highLow, boolean openClose, boolean volume) {
    assertThat(SaleConditions.of(id)).isEqualTo(new Rule(highLow, openClose, volume));
  }

  @Test
  void allowsEverythingWithoutConditionsAndForUnknownOnes() {
    assertThat(SaleConditions.of()).isEqualTo(new Rule(true, true, true));
    assertThat(SaleConditions.of(999)).isEqualTo(new Rule(true, true, true));
  }

  @Test
  void allowsOnlyWhatAllConditionsAllow() {
    assertThat(SaleConditions.of(14, 41, 37)).isEqualTo(new Rule(false, false, true));
    assertThat(SaleConditions.of(10, 14)).isEqualTo(new Rule(true, false, true));
    assertThat(SaleConditions.of(38, 16)).isEqualTo(new Rule(false, false, false));
  }
}
