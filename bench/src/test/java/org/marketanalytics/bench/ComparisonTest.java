package org.marketanalytics.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private final List<String> order = new ArrayList<>();
  private final Comparison comparison =
      new Comparison(
          new PrintStream(OutputStream.nullOutputStream()),
          new Metric("store", "rows/s"),
          new Metric("store-cpu", "us/row"));

  @Test
  void contendersTakeTurns() throws Exception {
    comparison.limit(contender("limit", 1, 1, 1)).ours(contender("ours", 1, 1, 1)).run(2);

    assertThat(order).containsExactly("limit", "ours", "limit", "ours");
  }

  @Test
  void theFirstRoundIsNotCounted() throws Exception {
    Result result =
        comparison
            .ours(contender("ours", 1_000, 20, 40))
            .limit(contender("limit", 1, 60, 60))
            .run(3)
            .get(0);

    assertThat(result.ours()).isEqualByComparingTo("30");
    assertThat(result.limit()).isEqualByComparingTo("60");
    assertThat(result.ratioToLimit()).isEqualByComparingTo("0.5");
    assertThat(result.spread()).isEqualByComparingTo("0.667");
    assertThat(result.peer()).isNull();
    assertThat(result.ratioToPeer()).isNull();
  }

  @Test
  void everyRoundOfContendersThatBeginAnewIsCounted() throws Exception {
    Result result = comparison.ours(contender("ours", 20, 40)).runCold(2).get(0);

    assertThat(result.ours()).isEqualByComparingTo("30");
  }

  @Test
  void aFigureThatAContenderDoesNotHaveIsNull() throws Exception {
    Result result = comparison.ours(contender("ours", 1, 1)).run(2).get(1);

    assertThat(result.name()).isEqualTo("store-cpu");
    assertThat(result.ours()).isNull();
  }

  /** Has one figure a round for the first metric and none for the second. */
  private Contender contender(String name, double... figures) {
    List<Double> left = new ArrayList<>();
    for (double figure : figures) {
      left.add(figure);
    }
    return () -> {
      order.add(name);
      return new double[] {left.remove(0), Double.NaN};
    };
  }
}
