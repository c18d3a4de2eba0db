package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TwsTester;
import org.junit.jupiter.api.Test;
import org.marketanalytics.aggregation.Input;
import org.marketanalytics.aggregation.Settings;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

class PartitionProcessorTest {
  private static final long START = 1_788_877_020_000L;
  private static final int LANE = 0;

  private final TwsTester<Integer, Row, Row> operator =
      new TwsTester<>(
          new PartitionProcessor(
              new Settings(Input.AGGREGATES, Duration.ofSeconds(5), Duration.ofMinutes(2)),
              new Topics("raw", "aggregated", "dead")),
          scala.collection.immutable.List$.MODULE$.<scala.Tuple2<Integer, Object>>empty(),
          TimeMode.None(),
          OutputMode.Update(),
          Option.empty());

  @Test
  void keepsItsStateFromBatchToBatch() {
    List<Row> first = batch(second(0, 0, "10"));
    List<Row> second = batch(second(1, 1, "12"));

    assertThat(Unpacked.values(first, Rows.BAR))
        .singleElement()
        .asString()
        .contains("\"seconds\":1");
    assertThat(Unpacked.values(second, Rows.BAR))
        .singleElement()
        .asString()
        .contains("\"seconds\":2", "\"high\":\"12\"");
  }

  @Test
  void refusesPacksThatAreNotInTheirOrder() {
    assertThatThrownBy(() -> batch(second(2, 200, "10"), second(0, 0, "10")))
        .hasMessageContaining("lane 0", "offset 0 after 2");
  }

  @Test
  void sendsWhatItCannotUseToTheDeadLettersWithItsOrigin() {
    List<Row> rows = batch(record(7, "{"));

    ProducerRecord<byte[], byte[]> letter = onlyLetter(rows);
    assertThat(letter.topic()).isEqualTo("dead");
    assertThat(Unpacked.header(letter, "reason")).isEqualTo("malformed-json");
    assertThat(Unpacked.header(letter, "error")).startsWith("the value is not JSON");
    assertThat(Unpacked.header(letter, "source-topic")).isEqualTo("raw");
    assertThat(Unpacked.header(letter, "source-partition")).isEqualTo("3");
    assertThat(Unpacked.header(letter, "source-offset")).isEqualTo("7");
    assertThat(Unpacked.text(letter.key())).isEqualTo("A");
    assertThat(Unpacked.value(letter)).isEqualTo("{");
  }

  @Test
  void cutsADeadLetterThatNoBrokerWouldTake() {
    List<Row> rows = batch(record(0, "x".repeat(2 << 20)));

    ProducerRecord<byte[], byte[]> letter = onlyLetter(rows);
    assertThat(letter.value()).hasSize(64 * 1024);
    assertThat(Unpacked.header(letter, "error"))
        .contains("2,097,152 bytes", "only the first 65536 of its 2097152 bytes are kept here");
  }

  @Test
  void leavesOutAKeyThatNoBrokerWouldTakeInADeadLetter() {
    String longest = "K".repeat(1_024);
    List<Row> rows = batch(record(0, longest, "{"), record(1, "K".repeat(1_200_000), "{"));

    assertThat(Unpacked.deadLetters(rows))
        .satisfiesExactly(
            letter -> {
              assertThat(Unpacked.text(letter.key())).isEqualTo(longest);
              assertThat(Unpacked.header(letter, "error")).doesNotContain("key");
            },
            letter -> {
              assertThat(letter.key()).isNull();
              assertThat(Unpacked.value(letter)).isEqualTo("{");
              assertThat(Unpacked.header(letter, "error"))
                  .startsWith("the value is not JSON")
                  .endsWith("; its key of 1200000 bytes is left out here");
            });
  }

  @Test
  void countsWhatItTookOncePerBatch() {
    List<Row> rows = batch(second(0, 0, "10"), record(1, "{\"ev\":\"Q\"}"), record(2, "{"));

    assertThat(tally(rows))
        .isEqualTo(
            new LaneTally(
                LANE, START + 1_000, 1, 1, 0, 1, 0, Map.of("malformed-json", 1L), Map.of()));
  }

  @Test
  void countsLateEventsBySymbol() {
    batch(second(0, 200, "10"));

    List<Row> rows = batch(second(1, 0, "10"), second(2, 1, "10"), second(2, 2, "10"));

    assertThat(tally(rows))
        .isEqualTo(
            new LaneTally(
                LANE, START + 201_000, 0, 0, 1, 0, 0, Map.of("too-late", 2L), Map.of("A", 2L)));
  }

  private static LaneTally tally(List<Row> rows) {
    List<Row> tallies = rows.stream().filter(row -> !row.isNullAt(1)).toList();
    assertThat(tallies).hasSize(1);
    return LaneTally.of(tallies.get(0).getString(1));
  }

  /** One pack a record, in the order given. */
  private List<Row> batch(Row... records) {
    List<Row> packs = new ArrayList<>();
    for (Row record : records) {
      packs.add(PackTest.pack(0, record));
    }
    return CollectionConverters.asJava(
        operator.test(LANE, CollectionConverters.asScala(packs).toList()));
  }

  private static ProducerRecord<byte[], byte[]> onlyLetter(List<Row> rows) {
    assertThat(Unpacked.deadLetters(rows)).hasSize(1);
    return Unpacked.deadLetters(rows).get(0);
  }

  private static Row second(long offset, int second, String price) {
    long start = START + second * 1000L;
    String json =
        """
        {"ev":"A","sym":"A","v":2,"vw":%1$s,"o":%1$s,"c":%1$s,"h":%1$s,"l":%1$s,"z":2,"s":%2$d,"e":%2$d}"""
            .formatted(price, start);
    return record(offset, json);
  }

  private static Row record(long offset, String json) {
    return record(offset, "A", json);
  }

  private static Row record(long offset, String key, String json) {
    return RowFactory.create(
        LANE,
        3,
        offset,
        START,
        START + 300_000,
        null,
        key.getBytes(StandardCharsets.UTF_8),
        json.getBytes(StandardCharsets.UTF_8));
  }
}
