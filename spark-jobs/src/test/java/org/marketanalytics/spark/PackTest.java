package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.marketanalytics.spark.LaneRows.START;
import static org.marketanalytics.spark.LaneRows.beat;
import static org.marketanalytics.spark.LaneRows.second;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.marketanalytics.aggregation.LogRecord;

class PackTest {

  @Test
  void givesBackEachRecordAsItWas() {
    Row bare = RowFactory.create(Lanes.keyOf(3, "live"), 3, 12L, START, null, null, null, null);
    Row crypto =
        RowFactory.create(Lanes.keyOf(3, "live"), 3, 13L, START, START, "XAS", null, utf8("{}"));
    List<Row> rows =
        List.of(second("AAPL", 3, 7, START, "10"), beat(3, 8, START + 1_000), bare, crypto);

    Pack.Reader reader = open(pack(0, rows.toArray(Row[]::new)));

    for (Row row : rows) {
      assertThat(reader.hasNext()).isTrue();
      assertThat(RawRows.alone(reader.next()))
          .usingRecursiveComparison()
          .isEqualTo(Rows.record(row));
      assertThat(reader.key()).isEqualTo(Rows.key(row));
      assertThat(reader.partition()).isEqualTo(3);
    }
    assertThat(reader.hasNext()).isFalse();
  }

  @Test
  void tellsItsFirstOffsetAndWhatWasPassedOver() {
    Row pack = pack(4, second("A", 0, 7, START, "10"), second("A", 0, 9, START, "10"));

    assertThat(Pack.first(pack)).isEqualTo(7);
    assertThat(Pack.ignored(pack)).isEqualTo(4);
    assertThat(Rows.lane(pack)).isEqualTo(Lanes.keyOf(0, "live"));
  }

  @Test
  void growsForARecordThatIsLargerThanAPack() {
    byte[] large = utf8("x".repeat(3 << 20));
    Pack.Builder builder = new Pack.Builder(0, 0);
    builder.add(0, START, START, null, null, utf8("{}"));
    assertThat(builder.isFull()).isFalse();
    builder.add(1, START, START, null, null, large);

    assertThat(builder.isFull()).isTrue();
    Pack.Reader reader = open(RowFactory.create(builder.take()));
    assertThat(reader.next().value()).isEqualTo(utf8("{}"));
    assertThat(reader.next().value()).isEqualTo(large);
  }

  @Test
  void beginsAnewAfterEachPack() {
    Pack.Builder builder = new Pack.Builder(0, 0);
    builder.ignore();
    builder.add(5, START, START, null, null, null);
    builder.take();

    assertThat(builder.isEmpty()).isTrue();
    builder.ignore();
    assertThat(builder.isEmpty()).isFalse();
    Row pack = RowFactory.create(builder.take());
    assertThat(Pack.first(pack)).isEqualTo(6);
    assertThat(Pack.ignored(pack)).isEqualTo(1);
    assertThat(open(pack).hasNext()).isFalse();
  }

  @Test
  void refusesAPartitionThatIsNotInOrder() {
    Pack.Builder builder = new Pack.Builder(0, 4);
    builder.add(7, START, START, null, null, null);

    assertThatThrownBy(() -> builder.add(7, START, START, null, null, null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("partition 4 was not read in order: offset 7 after 7");
  }

  /** A pack of rows of {@link Rows#IN}, all of one lane. */
  static Row pack(int ignored, Row... rows) {
    Pack.Builder builder = new Pack.Builder(Rows.lane(rows[0]), Rows.partition(rows[0]));
    for (int i = 0; i < ignored; i++) {
      builder.ignore();
    }
    for (Row row : rows) {
      LogRecord record = Rows.record(row);
      byte[] ev = record.ev() == null ? null : utf8(record.ev());
      builder.add(
          record.offset(),
          record.timestampMillis(),
          record.receivedMillis(),
          ev,
          Rows.key(row),
          record.value());
    }
    return RowFactory.create(builder.take());
  }

  private static Pack.Reader open(Row pack) {
    Pack.Reader reader = new Pack.Reader();
    reader.open(pack);
    return reader;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
