package org.marketanalytics.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.marketanalytics.aggregation.SaleConditions.Effect;

class SaleConditionsTest {

  @ParameterizedTest
  @CsvSource({
    "'', EVERYTHING",
    "0, EVERYTHING",
    "14 41, EVERYTHING",
    "37, VOLUME",
    "14 37 41, VOLUME",
    "10, HIGH_LOW_AND_VOLUME",
    "15, NOTHING",
    "38, PRICES",
    "10 38, HIGH_LOW",
    "37 38, NOTHING",
    "999, EVERYTHING",
    "-1, EVERYTHING"
  })
  void eachConditionMustAllowIt(String conditions, Effect effect) {
    int[] ids = conditions.isEmpty() ? new int[0] : ids(conditions);

    assertThat(SaleConditions.effectOf(ids)).isEqualTo(effect);
  }

  private static int[] ids(String conditions) {
    String[] texts = conditions.split(" ", -1);
    return IntStream.range(0, texts.length).map(i -> Integer.parseInt(texts[i])).toArray();
  }
}
