package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.marketanalytics.spark.LaneRows.START;
import static org.marketanalytics.spark.LaneRows.beat;
import static org.marketanalytics.spark.LaneRows.second;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.marketanalytics.aggregation.Input;
import org.marketanalytics.aggregation.Settings;

class ComparisonTest {
  private static final Settings SETTINGS =
      new Settings(Input.AGGREGATES, Duration.ofSeconds(5), Duration.ZERO);

  /** The columns of bars as the driver tells them. */
  private static final StructType BARS =
      new StructType()
          .add("symbol", "string")
          .add("time", "bigint")
          .add("bar_end", "bigint")
          .add("open", "decimal(18,6)")
          .add("high", "decimal(18,6)")
          .add("low", "decimal(18,6)")
          .add("close", "decimal(18,6)")
          .add("volume", "decimal(20,6)")
          .add("vwap", "decimal(18,6)")
          .add("trades", "bigint")
          .add("seconds", "smallint")
          .add("revision", "bigint")
          .add("final", "int");

  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark = Session.start("local[2]", 0);
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void findsNoDifferenceInEqualRows() {
    assertThat(compare(List.of(bar("A"), bar("a")), List.of(bar("A"), bar("a"))))
        .isEqualTo(new Comparison(2, 0, List.of()));
  }

  @Test
  void takesARowWithoutVwapAsEqualToItself() {
    List<Row> rows = List.of(changed(bar("A"), "vwap", null));

    assertThat(compare(rows, rows).differences()).isZero();
  }

  @Test
  void namesARowThatIsMissingAndOneThatIsTooManyAsSymbolsDifferByCase() {
    Comparison comparison = compare(List.of(bar("A")), List.of(bar("a")));

    assertThat(comparison.rows()).isEqualTo(2);
    assertThat(comparison.first())
        .extracting(Difference::line)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(
                        "bars symbol=A bar_start=2026-09-08T14:17:00Z missing in the database: "
                            + "bar_end computed=2026-09-08T14:18:00Z, open computed=10.000000, "),
            line ->
                assertThat(line)
                    .startsWith(
                        "bars symbol=a bar_start=2026-09-08T14:17:00Z too many in the database: "
                            + "bar_end database=2026-09-08T14:18:00Z"));
  }

  @Test
  void seesADifferenceInEachColumn() {
    for (StoredTable.Field field : StoredTable.BARS.fields()) {
      Object other =
          switch (field.type()) {
            case TIME, COUNT -> field.column().equals("seconds") ? (Object) (short) 9 : 9L;
            case PRICE, VOLUME -> new BigDecimal("10.000001");
            case FLAG -> 0;
          };

      Comparison comparison =
          compare(List.of(bar("A")), List.of(changed(bar("A"), field.column(), other)));

      assertThat(comparison.differences()).as(field.column()).isOne();
      assertThat(comparison.first().get(0).values())
          .singleElement()
          .satisfies(value -> assertThat(value.column()).isEqualTo(field.column()));
    }
  }

  @Test
  void showsTheValueOfBothSides() {
    Row stored = changed(bar("A"), "close", new BigDecimal("10.000001"));

    assertThat(compare(List.of(bar("A")), List.of(stored)).first().get(0).line())
        .isEqualTo(
            "bars symbol=A bar_start=2026-09-08T14:17:00Z different:"
                + " close database=10.000001 computed=10.000000");
  }

  @Test
  void countsAllButKeepsOnlyTheFirst() {
    List<Row> stored = IntStream.range(0, 30).mapToObj(i -> bar("S" + i)).toList();

    Comparison comparison = compare(List.of(), stored, 3);

    assertThat(comparison.differences()).isEqualTo(30);
    assertThat(comparison.first()).hasSize(3);
    assertThat(compare(List.of(), stored, 0)).isEqualTo(new Comparison(30, 30, List.of()));
  }

  /** The JSON of the aggregated topic on one side, the columns of the table on the other. */
  @Test
  void readsTheRowsOfTheLogAsTheTableHasThem() {
    List<Row> records =
        List.of(second("A", 0, 0, START, START + 1_000, "10"), beat(0, 1, START + 60_000));
    Dataset<Row> rows =
        Recomputation.lastRows(LaneRows.of(spark, records), SETTINGS, Instant.EPOCH);

    List<Row> bars = StoredTable.BARS.of(rows).collectAsList();
    List<Row> averages = StoredTable.MOVING_AVERAGES.of(rows).collectAsList();

    assertThat(bars).hasSize(1);
    assertThat(compare(List.of(bar("A")), StoredTable.BARS.of(rows), 1).differences()).isZero();
    assertThat(averages).hasSize(12);
    Row last =
        averages.stream().filter(r -> r.<Long>getAs("time") == START + 60_000).findAny().get();
    assertThat(last.<Long>getAs("window_start")).isEqualTo(START);
    assertThat(last.<BigDecimal>getAs("avg_close")).isEqualByComparingTo("10");
    assertThat(last.<Long>getAs("revision")).isEqualTo(START + 1_000);
  }

  private static Comparison compare(List<Row> computed, List<Row> stored) {
    return compare(computed, stored, 20);
  }

  private static Comparison compare(List<Row> computed, List<Row> stored, int most) {
    return compare(stored, typed(computed), most);
  }

  private static Comparison compare(List<Row> stored, Dataset<Row> computed, int most) {
    return Comparison.of(StoredTable.BARS, computed, typed(stored), most);
  }

  private static Dataset<Row> typed(List<Row> rows) {
    return StoredTable.BARS.typed(spark.createDataFrame(rows, BARS));
  }

  private static Row bar(String symbol) {
    BigDecimal ten = new BigDecimal("10.000000");
    return RowFactory.create(
        symbol,
        START,
        START + 60_000,
        ten,
        ten,
        ten,
        ten,
        new BigDecimal("2.000000"),
        ten,
        1L,
        (short) 1,
        START + 1_000,
        1);
  }

  private static Row changed(Row row, String column, Object value) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.length(); i++) {
      values.add(BARS.fieldNames()[i].equals(column) ? value : row.get(i));
    }
    return RowFactory.create(values.toArray());
  }
}
