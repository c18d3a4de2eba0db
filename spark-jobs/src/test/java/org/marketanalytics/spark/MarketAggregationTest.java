package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.marketanalytics.spark.RawRows.START;
import static org.marketanalytics.spark.RawRows.beat;
import static org.marketanalytics.spark.RawRows.header;
import static org.marketanalytics.spark.RawRows.packs;
import static org.marketanalytics.spark.RawRows.record;
import static org.marketanalytics.spark.RawRows.second;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.aggregation.Input;
import org.marketanalytics.aggregation.Settings;

/** The whole query on a real Spark, from packs of records read to records to be written. */
class MarketAggregationTest {
  /** What the sink was given; static, as Spark serialises the function that fills it. */
  private static final List<ProducerRecord<byte[], byte[]>> WRITTEN =
      Collections.synchronizedList(new ArrayList<>());

  private static final Pattern SECONDS = Pattern.compile("\"seconds\":(\\d+)");

  private static final List<String> ODD_TIMES =
      List.of(
          "1788877020000",
          "0012",
          " 12 ",
          "+12",
          "-12",
          "9223372036854775807",
          "9223372036854775808",
          "12.5",
          "1e3",
          "",
          "soon",
          "\u0663");

  private static SparkSession spark;

  @TempDir Path checkpoint;

  @BeforeAll
  static void startSpark() {
    spark = Session.start("local[2]", 0);
    MarketAggregation.prepare(spark);
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void forget() {
    WRITTEN.clear();
  }

  @Test
  void writesBarsAveragesAndDeadLettersAsTheContractSpellsThem() throws Exception {
    MemoryStream<Row> raw = RawRows.source(spark);
    raw.addData(packs(second("A", 0, 0, "10"), beat(0, 1, START + 5_000), record("B", 1, 0, "{")));
    run(raw, settings("2m"));

    assertThat(written("type=bar"))
        .singleElement()
        .satisfies(row -> assertThat(text(row.key())).isEqualTo("A"));
    assertThat(written("type=average")).hasSize(1);
    assertThat(written("type=bar").get(0).topic()).isEqualTo("market.aggregated");
    ProducerRecord<byte[], byte[]> letter =
        written(
                "reason=malformed-json",
                "source-topic=market.raw",
                "source-partition=1",
                "source-offset=0")
            .get(0);
    assertThat(letter.topic()).isEqualTo("market.dead-letter");
    assertThat(text(letter.key())).isEqualTo("B");
    assertThat(text(letter.value())).isEqualTo("{");
    assertThat(WRITTEN).as("and nothing else").hasSize(3);
  }

  @Test
  void takesRecordsInTheOrderOfTheirOffsets() throws Exception {
    MemoryStream<Row> raw = RawRows.source(spark);
    raw.addData(packs(second("A", 0, 200, "10")));
    raw.addData(packs(second("A", 0, 0, "10")));
    raw.addData(packs(second("A", 0, 1, "12")));
    run(raw, settings("2m"));

    assertThat(written("reason=too-late")).isEmpty();
    assertThat(written("type=bar"))
        .extracting(row -> text(row.value()))
        .anyMatch(bar -> bar.contains("\"seconds\":2") && bar.contains("\"final\":true"));
  }

  @Test
  void takesTheFirstHeaderOfANameAndDoesWithoutThoseThatAreMissing() {
    List<Row> raw =
        List.of(
            record("A", 0, 0, "{}", List.of(header("ev", "A"), header("ev", "T"))),
            record("A", 0, 1, "{}", List.of(header("received", "soon"), header("other", "A"))),
            record("A", 0, 2, "{}", List.of(header("received", "12"), header("ev", null))),
            record("A", 0, 3, "{}"));

    List<Row> records =
        MarketAggregation.records(spark.createDataFrame(raw, RawRows.KAFKA)).collectAsList();

    assertThat(records)
        .extracting(row -> row.<Object>getAs("ev"))
        .containsExactly("A", null, null, null);
    assertThat(records)
        .extracting(row -> row.<Object>getAs("received"))
        .containsExactly(null, null, 12L, null);
  }

  /** A reconciliation reads the rows, the stream the packs. */
  @Test
  void rowsAndPacksSayTheSameOfARecord() {
    List<Row> raw = new ArrayList<>();
    for (String received : ODD_TIMES) {
      long offset = raw.size();
      String origin = offset % 2 == 0 ? "replay" : "live";
      List<Row> headers =
          List.of(header("ev", "A"), header("received", received), header("origin", origin));
      raw.add(record("A", 0, offset, "{}", headers));
    }

    List<Row> records =
        MarketAggregation.records(spark.createDataFrame(raw, RawRows.KAFKA)).collectAsList();

    for (int i = 0; i < raw.size(); i++) {
      Row pack = RawRows.packed(raw.get(i)).get(0);
      Pack.Reader reader = new Pack.Reader();
      reader.open(pack);
      assertThat(Rows.lane(pack)).isEqualTo(Rows.lane(records.get(i)));
      assertThat(RawRows.alone(reader.next()))
          .as("received=" + ODD_TIMES.get(i))
          .usingRecursiveComparison()
          .isEqualTo(Rows.record(records.get(i)));
    }
  }

  @Test
  void goesOnFromItsCheckpointWithTheRowsOfARunThatWasNeverStopped() throws Exception {
    MemoryStream<Row> raw = RawRows.source(spark);
    raw.addData(packs(second("A", 0, 0, "10"), second("A", 0, 1, "11")));
    run(raw, settings("2m"));
    WRITTEN.clear();

    raw.addData(packs(second("A", 0, 2, "12"), beat(0, 3, START + 180_000)));
    run(raw, settings("2m"));

    assertThat(written("type=bar"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(text(row.value()))
                    .contains(
                        "\"open\":\"10\"", "\"close\":\"12\"", "\"seconds\":3", "\"final\":true"));
  }

  @Test
  void aggregatesEachShareByItselfAndWritesTheRowsOfAll() throws Exception {
    MemoryStream<Row> even = RawRows.source(spark);
    MemoryStream<Row> odd = RawRows.source(spark);
    even.addData(packs(second("A", 0, 0, "10"), second("C", 2, 0, "30")));
    odd.addData(packs(second("B", 1, 0, "20")));
    run(settings("2m"), even, odd);
    WRITTEN.clear();

    odd.addData(packs(second("B", 1, 1, "21")));
    even.addData(packs(second("A", 0, 1, "11")));
    run(settings("2m"), even, odd);

    assertThat(written("type=bar"))
        .extracting(row -> text(row.key()), row -> seconds(row))
        .containsExactlyInAnyOrder(tuple("A", 2), tuple("B", 2));
  }

  @Test
  void refusesACheckpointOfAnotherLatenessInOneSentence() throws Exception {
    MemoryStream<Row> raw = RawRows.source(spark);
    raw.addData(packs(second("A", 0, 0, "10")));
    run(raw, settings("2m"));

    raw.addData(packs(second("A", 0, 1, "10")));

    assertThatThrownBy(() -> run(raw, settings("3m")))
        .satisfies(
            failure ->
                assertThat(Failure.sentence(failure))
                    .isEqualTo(
                        "the checkpoint was made with lateness=120s, not lateness=180s:"
                            + " go on with the former, or use a new checkpoint"))
        .satisfies(failure -> assertThat(Failure.isUnexpected(failure)).isFalse());
  }

  @Test
  void whatIsReplayedIsNotLateForTheLiveClock() throws Exception {
    long yesterday = START - Duration.ofDays(1).toMillis();
    String now = Long.toString(START + 5_000);
    Map<String, String> replay = Map.of("ev", "A", "received", now, "origin", "replay");
    MemoryStream<Row> raw = RawRows.source(spark);
    raw.addData(
        packs(
            second("A", 0, 0, "10"),
            beat(0, 1, START + 5_000),
            record("A", 0, 2, RawRows.json("A", yesterday, "7"), replay),
            second("A", 0, 3, "10")));

    run(raw, settings("2m"));

    assertThat(written("reason=too-late")).isEmpty();
    assertThat(written("type=bar"))
        .extracting(row -> text(row.value()))
        .hasSize(2)
        .anyMatch(bar -> bar.contains("\"start\":" + yesterday));
  }

  private void run(MemoryStream<Row> raw, Settings settings) throws Exception {
    run(settings, List.of(raw.toDF()));
  }

  private void run(Settings settings, MemoryStream<Row> even, MemoryStream<Row> odd)
      throws Exception {
    run(settings, List.of(even.toDF(), odd.toDF()));
  }

  private void run(Settings settings, List<Dataset<Row>> shares) throws Exception {
    Topics topics = new Topics("market.raw", "market.aggregated", "market.dead-letter");
    VoidFunction2<Dataset<Row>, Long> sink =
        (rows, batch) -> WRITTEN.addAll(Unpacked.of(rows.collectAsList()));
    StreamingQuery query =
        new MarketAggregation(settings, topics)
            .apply(shares)
            .writeStream()
            .outputMode(OutputMode.Update())
            .option("checkpointLocation", checkpoint.toString())
            .foreachBatch(sink)
            .start();
    try {
      query.processAllAvailable();
    } finally {
      query.stop();
    }
  }

  private static Settings settings(String lateness) {
    return new Settings(Input.AGGREGATES, Duration.ofSeconds(5), Duration.parse("PT" + lateness));
  }

  private static List<ProducerRecord<byte[], byte[]>> written(String... headers) {
    return WRITTEN.stream().filter(row -> headers(row).containsAll(List.of(headers))).toList();
  }

  private static List<String> headers(ProducerRecord<byte[], byte[]> record) {
    return Arrays.stream(record.headers().toArray())
        .map(header -> header.key() + "=" + text(header.value()))
        .toList();
  }

  private static int seconds(ProducerRecord<byte[], byte[]> bar) {
    Matcher seconds = SECONDS.matcher(text(bar.value()));
    assertThat(seconds.find()).isTrue();
    return Integer.parseInt(seconds.group(1));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
