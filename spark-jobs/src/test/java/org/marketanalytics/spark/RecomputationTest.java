package org.marketanalytics.spark;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.marketanalytics.spark.LaneRows.START;
import static org.marketanalytics.spark.LaneRows.beat;
import static org.marketanalytics.spark.LaneRows.junk;
import static org.marketanalytics.spark.LaneRows.second;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.marketanalytics.aggregation.Average;
import org.marketanalytics.aggregation.Bar;
import org.marketanalytics.aggregation.Input;
import org.marketanalytics.aggregation.LogRecord;
import org.marketanalytics.aggregation.MemoryMinutes;
import org.marketanalytics.aggregation.Output;
import org.marketanalytics.aggregation.PartitionAggregation;
import org.marketanalytics.aggregation.PartitionMemory;
import org.marketanalytics.aggregation.Progress;
import org.marketanalytics.aggregation.Reason;
import org.marketanalytics.aggregation.Settings;

class RecomputationTest {
  private static final Settings SETTINGS =
      new Settings(Input.AGGREGATES, Duration.ofSeconds(5), Duration.ofSeconds(30));

  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark = Session.start("local[2]", 0);
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  /** More records than one step of the replay holds, out of order among the tasks, some late. */
  @Test
  void endsInTheRowsOfTheStreamWhateverItsBatches() {
    List<Row> records = market(12_000);
    Map<String, String> streamed = streamed(records);
    List<Row> shuffled = new ArrayList<>(records);
    Collections.shuffle(shuffled, new Random(3));

    assertThat(computed(shuffled, Instant.EPOCH)).isEqualTo(streamed).hasSizeGreaterThan(1_000);
  }

  @Test
  void leavesOutWhatIsBeforeTheRange() {
    List<Row> records = market(6_000);
    long from = START + 120_000;
    Map<String, String> expected = streamed(records);
    expected
        .keySet()
        .removeIf(
            key -> {
              long time = Long.parseLong(key.substring(key.lastIndexOf(' ') + 1));
              return key.startsWith("bar") ? time < from : time <= from;
            });

    assertThat(computed(records, Instant.ofEpochMilli(from))).isEqualTo(expected).isNotEmpty();
  }

  @Test
  void tellsTheWatermarkOfEachPartition() {
    List<Row> records =
        List.of(second("A", 0, 0, START, "10"), beat(1, 7, START + 9_000), junk(2, 0));

    List<Row> clocks =
        Recomputation.lastRows(LaneRows.of(spark, records), SETTINGS, Instant.EPOCH)
            .where("kind = '" + Recomputation.WATERMARK + "'")
            .collectAsList();

    assertThat(clocks)
        .extracting(row -> row.getAs("symbol") + "=" + row.getAs("time"))
        .containsExactlyInAnyOrder(
            Lanes.keyOf(0, null) + "=" + (START + 1_000),
            Lanes.keyOf(1, null) + "=" + (START + 9_000),
            Lanes.keyOf(2, null) + "=" + Progress.NOT_STARTED);
  }

  private static Map<String, String> computed(List<Row> records, Instant from) {
    return Recomputation.lastRows(LaneRows.of(spark, records).repartition(3), SETTINGS, from)
        .where("kind <> '" + Recomputation.WATERMARK + "'")
        .collectAsList()
        .stream()
        .collect(
            toMap(
                row ->
                    "%s %s %s".formatted(row.getAs("kind"), row.getAs("symbol"), row.getAs("time")),
                row -> text(row.getAs("value"))));
  }

  /** What the tables hold at the end, each partition in batches of another size. */
  private static Map<String, String> streamed(List<Row> records) {
    Map<String, String> tables = new TreeMap<>();
    for (int partition = 0; partition < 2; partition++) {
      int number = partition;
      List<Row> lane = records.stream().filter(row -> Rows.partition(row) == number).toList();
      MemoryMinutes minutes = new MemoryMinutes();
      Progress progress = Progress.START;
      int size = 100 + 37 * partition;
      for (int at = 0; at < lane.size(); at += size) {
        PartitionAggregation batch =
            new PartitionAggregation(
                SETTINGS, new PartitionMemory(), progress, minutes, new Upsert(tables));
        lane.subList(at, Math.min(lane.size(), at + size))
            .forEach(row -> batch.accept(Rows.record(row)));
        progress = batch.flush();
      }
    }
    return tables;
  }

  private record Upsert(Map<String, String> tables) implements Output {
    @Override
    public void bar(Bar bar) {
      tables.put("bar %s %d".formatted(bar.symbol(), bar.startMillis()), text(bar.json()));
    }

    @Override
    public void average(Average average) {
      tables.put(
          "average %s %d".formatted(average.symbol(), average.endMillis()), text(average.json()));
    }

    @Override
    public void deadLetter(LogRecord record, Reason reason, String error) {
      // not in a table
    }
  }

  /** Two partitions of six symbols each, seconds up to 40 s late, so that some are too late. */
  private static List<Row> market(int count) {
    Random random = new Random(11);
    List<Row> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int partition = i % 2;
      long now = START + i / 24 * 1_000L;
      long start = now - (random.nextInt(10) == 0 ? random.nextInt(40) * 1_000L : 0);
      String symbol = (partition == 0 ? "A" : "b") + random.nextInt(6);
      String price = 10 + random.nextInt(90) + "." + random.nextInt(1_000_000);
      records.add(second(symbol, partition, i / 2, start, now + 2_000, price));
    }
    return records;
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
