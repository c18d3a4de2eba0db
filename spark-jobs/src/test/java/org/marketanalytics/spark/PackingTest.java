package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.marketanalytics.spark.RawRows.header;
import static org.marketanalytics.spark.RawRows.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.marketanalytics.aggregation.Input;
import org.marketanalytics.aggregation.LogRecord;

class PackingTest {
  private final Packing packing = new Packing(Input.AGGREGATES.kinds());

  @Test
  void takesTheFirstHeaderOfANameAndDoesWithoutThoseThatAreMissing() {
    add(
        record("A", 0, 0, "{}", List.of(header("ev", "A"), header("ev", "T"))),
        record("A", 0, 1, "{}", List.of(header("received", "soon"), header("other", "A"))),
        record("A", 0, 2, "{}", List.of(header("received", "12"), header("ev", null))),
        record("A", 0, 3, "{}"));

    List<LogRecord> records = records(packs());

    assertThat(records).extracting(LogRecord::ev).containsExactly("A", null, null, null);
    assertThat(records)
        .extracting(LogRecord::receivedMillis)
        .containsExactly(LogRecord.UNKNOWN, LogRecord.UNKNOWN, 12L, LogRecord.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "1788877020000, 1788877020000",
    "0012, 12",
    "' 12 ', 12",
    "+12, 12",
    "-12, -12",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, -1",
    "12.5, -1",
    "'', -1",
    "1e3, -1"
  })
  void readsTheTimeOfReceiptAsSparkCastsIt(String text, long millis) {
    add(record("A", 0, 0, "{}", Map.of("received", text)));

    assertThat(records(packs())).extracting(LogRecord::receivedMillis).containsExactly(millis);
  }

  @Test
  void countsWhatIsNotReadAndLeavesItOut() {
    add(
        record("A", 0, 0, "{}", Map.of("ev", "Q")),
        record("A", 0, 1, "{}", Map.of("ev", "A")),
        record("A", 0, 2, "{}", Map.of("ev", "T")),
        record("B", 1, 0, "{}", Map.of("ev", "T")));

    List<Row> packs = packs();

    assertThat(records(packs)).extracting(LogRecord::offset).containsExactly(1L);
    assertThat(packs).extracting(Pack::ignored).containsExactly(2L, 1L);
  }

  @Test
  void keepsPartitionsAndWhatIsReplayedApart() {
    add(
        record("A", 1, 0, "{}", Map.of("origin", "live")),
        record("A", 1, 1, "{}", Map.of("origin", "replay")),
        record("A", 1, 2, "{}", Map.of("origin", "backfill")),
        record("A", 2, 0, "{}"));

    assertThat(packs())
        .extracting(Rows::lane)
        .containsExactlyInAnyOrder(
            Lanes.keyOf(1, "live"), Lanes.keyOf(1, "replay"), Lanes.keyOf(2, "live"));
  }

  @Test
  void cutsALongLaneIntoPacksInItsOrder() {
    LongStream.range(0, 5_000)
        .forEach(offset -> add(record("A", 0, offset, "{\"pad\":\"%080d\"}".formatted(offset))));

    List<Row> packs = packs();

    assertThat(packs).hasSizeGreaterThan(1);
    assertThat(packs).extracting(Pack::first).isSorted();
    assertThat(records(packs))
        .extracting(LogRecord::offset)
        .containsExactlyElementsOf(LongStream.range(0, 5_000).boxed().toList());
  }

  private void add(Row... records) {
    for (Row record : records) {
      packing.add(List.of(RawRows.consumed(record)));
    }
  }

  private List<Row> packs() {
    packing.end();
    List<Row> packs = new ArrayList<>();
    while (!packing.isEmpty()) {
      packs.add(RowFactory.create(packing.next()));
    }
    return packs;
  }

  private static List<LogRecord> records(List<Row> packs) {
    List<LogRecord> records = new ArrayList<>();
    Pack.Reader reader = new Pack.Reader();
    for (Row pack : packs) {
      reader.open(pack);
      while (reader.hasNext()) {
        records.add(reader.next());
      }
    }
    return records;
  }
}
