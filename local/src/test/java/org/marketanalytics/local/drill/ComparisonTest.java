package org.marketanalytics.local.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final String BAR =
      """
      {"symbol":"%s","start":%d,"end":%d,"open":"1.50","high":"2","low":"1","close":"1.5","volume":"100","vwap":null,"trades":3,"seconds":2,"revision":%d,"final":%b}""";
  private static final String AVERAGE =
      """
      {"symbol":"A","start":%d,"end":%d,"avg_open":"1","avg_high":"2","avg_low":"1","avg_close":"1.5","seconds":2,"revision":7}""";

  private static final Span ALL = new Span(0, 0, Long.MAX_VALUE);

  @Test
  void rowsThatDifferInTheirRevisionOnlyAreEqual() {
    Comparison comparison =
        Comparison.of(ALL.of(List.of(bar("A", 60_000, 1, true))), bars(bar("A", 60_000, 2, true)));

    assertThat(comparison.isEqual()).isTrue();
    assertThat(comparison.expected()).isOne();
  }

  @Test
  void countsWhatIsMissingDifferentAndTooMany() {
    List<Row> expected =
        List.of(bar("A", 60_000, 1, true), bar("B", 60_000, 1, true), bar("C", 60_000, 1, true));

    Comparison comparison =
        Comparison.of(
            ALL.of(expected),
            bars(bar("A", 60_000, 1, true), bar("B", 60_000, 1, false), bar("D", 60_000, 1, true)));

    assertThat(comparison.expected()).isEqualTo(3);
    assertThat(comparison.lost()).isOne();
    assertThat(comparison.wrong()).isEqualTo(2);
    assertThat(comparison.differences())
        .anyMatch(line -> line.startsWith("lost") && line.contains("symbol=C"))
        .anyMatch(line -> line.startsWith("different") && line.contains("symbol=B"))
        .anyMatch(line -> line.startsWith("too many") && line.contains("symbol=D"));
  }

  @Test
  void ofRowsWithTheSameKeyTheLastCounts() {
    assertThat(bars(bar("A", 60_000, 1, false), bar("A", 60_000, 2, true)))
        .isEqualTo(bars(bar("A", 60_000, 1, true)));
  }

  @Test
  void leavesOutWhatBeganBeforeTheSpanOrEndsAfterIt() {
    Span span = new Span(60_000, 30_000, 180_000);

    assertThat(
            span.of(
                List.of(
                    bar("A", 0, 1, true),
                    bar("A", 60_000, 1, true),
                    average(29_000),
                    average(30_000),
                    average(120_000),
                    average(121_000))))
        .containsOnlyKeys("BARS A 60000", "MOVING_AVERAGES A 30000", "MOVING_AVERAGES A 120000");
  }

  @Test
  void aBarThatEndsAfterTheSpanNeedNotBeFinalYet() {
    Span span = new Span(0, 0, 100_000);

    assertThat(span.of(List.of(bar("A", 60_000, 1, true))))
        .isEqualTo(span.of(List.of(bar("A", 60_000, 1, false))));
    assertThat(span.of(List.of(bar("A", 0, 1, true))))
        .isNotEqualTo(span.of(List.of(bar("A", 0, 1, false))));
  }

  @Test
  void refusesARecordWithoutAColumn() {
    assertThatThrownBy(() -> Row.ofJson(Row.Table.BARS, "{\"symbol\":\"A\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("open");
  }

  @Test
  void decimalsAreEqualWhateverTheirScale() {
    assertThat(Row.canonical("1.500000")).isEqualTo(Row.canonical("1.5"));
    assertThat(Row.canonical("100")).isEqualTo(Row.canonical("100.000000")).isEqualTo("100");
  }

  private static Map<String, Row> bars(Row... bars) {
    return ALL.of(List.of(bars));
  }

  private static Row bar(String symbol, long start, long revision, boolean done) {
    return Row.ofJson(Row.Table.BARS, BAR.formatted(symbol, start, start + 60_000, revision, done));
  }

  private static Row average(long start) {
    return Row.ofJson(Row.Table.MOVING_AVERAGES, AVERAGE.formatted(start, start + 60_000));
  }
}
