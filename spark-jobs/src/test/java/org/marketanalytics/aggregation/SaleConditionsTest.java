package org.marketanalytics.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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

  /** The feed's whole list: what is not named here counts for everything. */
  @Test
  void eachConditionHasItsOwnEffect() {
    Map<Effect, Set<Integer>> limited =
        Map.of(
            Effect.NOTHING, Set.of(15, 16),
            Effect.VOLUME, Set.of(2, 7, 12, 13, 20, 21, 29, 37, 52, 53),
            Effect.HIGH_LOW_AND_VOLUME, Set.of(5, 10, 17, 22, 32, 33),
            Effect.PRICES, Set.of(38));

    for (int id = 0; id < 1_000; id++) {
      int condition = id;
      Effect expected =
          limited.entrySet().stream()
              .filter(effect -> effect.getValue().contains(condition))
              .map(Map.Entry::getKey)
              .findAny()
              .orElse(Effect.EVERYTHING);
      assertThat(SaleConditions.effectOf(new int[] {id}))
          .as("condition %d", id)
          .isEqualTo(expected);
    }
  }

  private static int[] ids(String conditions) {
    String[] texts = conditions.split(" ", -1);
    return IntStream.range(0, texts.length).map(i -> Integer.parseInt(texts[i])).toArray();
  }
}
