package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.marketanalytics.spark.RawRows.START;
import static org.marketanalytics.spark.RawRows.beat;
import static org.marketanalytics.spark.RawRows.packed;
import static org.marketanalytics.spark.RawRows.record;
import static org.marketanalytics.spark.RawRows.second;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.aggregation.Input;
import org.marketanalytics.aggregation.Settings;
import scala.jdk.javaapi.CollectionConverters;

/** What the endpoint tells about a query on a real Spark. */
class MetricsServerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static SparkSession spark;

  @TempDir Path checkpoint;

  private final HttpClient http = HttpClient.newHttpClient();
  private MetricsServer metrics;
  private MemoryStream<Row> raw;
  private StreamingQuery query;

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
  void start() throws Exception {
    metrics = MetricsServer.start("127.0.0.1", 0);
    spark.streams().addListener(metrics.listener());
    raw = RawRows.source(spark);
    Settings settings =
        new Settings(Input.AGGREGATES, Duration.ofSeconds(5), Duration.ofMinutes(2));
    query =
        new MarketAggregation(settings, new Topics("raw", "aggregated", "dead-letter"))
            .apply(List.of(raw.toDF()))
            .writeStream()
            .outputMode(OutputMode.Update())
            .option("checkpointLocation", checkpoint.toString())
            .format("noop")
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    query.stop();
    spark.streams().removeListener(metrics.listener());
    metrics.close();
  }

  @Test
  void showsZerosBeforeTheFirstBatch() throws Exception {
    assertThat(samples())
        .containsEntry("market_job_records_read_total", 0.0)
        .containsEntry("market_job_events_total{outcome=\"accepted\"}", 0.0)
        .containsEntry("market_job_rows_written_total{type=\"bar\"}", 0.0)
        .containsEntry("market_job_batch_duration_seconds_count", 0.0)
        .containsEntry("market_job_last_batch_timestamp_seconds", 0.0)
        .containsEntry("market_job_clock_lag_max_seconds", 0.0)
        .containsKeys("jvm_gc_max_data_size_bytes", "jvm_threads_live_threads");
  }

  @Test
  void countsEveryBatchOnce() throws Exception {
    process(
        second("A", 0, 0, "10"),
        record("B", 0, 1, "{"),
        record("B", 1, 0, "{"),
        record("B", 1, 1, "[]"),
        record("Q", 1, 2, "{\"ev\":\"Q\"}"),
        record("Q", 1, 3, "{\"ev\":\"Q\"}", Map.of("ev", "Q")));
    List<Row> packs =
        packed(
            beat(0, 2, START + 600_000),
            second("A", 0, 3, "10"),
            second("A", 0, 4, "10"),
            second("BRK.B", 0, 5, "10"));
    packs.addAll(packed(second("A", 0, 0, "10")));
    process(packs);

    assertThat(samples())
        .containsEntry("market_job_records_read_total", 11.0)
        .containsEntry("market_job_events_total{outcome=\"accepted\"}", 2.0)
        .containsEntry("market_job_events_total{outcome=\"ignored\"}", 2.0)
        .containsEntry("market_job_events_total{outcome=\"repeated\"}", 1.0)
        .containsEntry("market_job_dead_letters_total{reason=\"malformed-json\"}", 2.0)
        .containsEntry("market_job_dead_letters_total{reason=\"not-an-object\"}", 1.0)
        .containsEntry("market_job_dead_letters_total{reason=\"too-late\"}", 3.0)
        .containsEntry("market_job_late_events_total{symbol=\"A\"}", 2.0)
        .containsEntry("market_job_late_events_total{symbol=\"BRK.B\"}", 1.0)
        .containsEntry("market_job_rows_written_total{type=\"bar\"}", 2.0)
        .containsEntry("market_job_rows_written_total{type=\"average\"}", 12.0)
        .containsEntry("market_job_batch_duration_seconds_count", 2.0)
        .hasEntrySatisfying(
            "market_job_state_memory_bytes", bytes -> assertThat(bytes).isPositive())
        .hasEntrySatisfying(
            "market_job_last_batch_timestamp_seconds",
            seconds ->
                assertThat(seconds)
                    .isBetween(
                        System.currentTimeMillis() / 1000.0 - 60,
                        System.currentTimeMillis() / 1000.0));
  }

  @Test
  void tellsHowFarTheFirstAndTheLastClockAreBehindTheWallClock() throws Exception {
    process(beat(0, 0, START), beat(1, 0, START + 600_000));
    process(
        replayed(1, 1),
        beat(1, 2, START + 700_000)); // a batch without partition 0 does not hide its lag

    double now = System.currentTimeMillis() / 1000.0;
    double lag = now - START / 1000.0;
    Map<String, Double> samples = samples();
    assertThat(samples.get("market_job_clock_lag_max_seconds")).isBetween(lag - 1, lag + 60);
    assertThat(samples.get("market_job_clock_lag_min_seconds"))
        .isBetween(lag - 701, lag - 700 + 60);
  }

  @Test
  void countsSymbolsBeyondTheBoundAsOne() throws Exception {
    List<Row> late = new ArrayList<>();
    for (int symbol = 0; symbol < 1_005; symbol++) {
      late.add(record("S" + symbol, symbol % 2, symbol, late("S" + symbol)));
    }
    process(beat(0, 0, START + 600_000), beat(1, 0, START + 600_000));
    process(late.subList(2, late.size()).toArray(Row[]::new));

    Map<String, Double> counts = samples();
    counts.keySet().removeIf(name -> !name.startsWith("market_job_late_events_total"));
    assertThat(counts).hasSize(1_001);
    assertThat(counts).containsEntry("market_job_late_events_total{symbol=\"(other)\"}", 3.0);
    assertThat(counts.values().stream().mapToDouble(Double::doubleValue).sum()).isEqualTo(1_003);
  }

  @Test
  void isHealthyWhileTheQueryRuns() throws Exception {
    await("started").atMost(PATIENCE).untilAsserted(() -> assertHealth(200, "the query runs"));

    query.stop();

    await("stopped")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertHealth(503, "the query does not run"));
  }

  @Test
  void answersWhileOthersDoNotFinishTheirRequests() throws Exception {
    URI address = metrics.address();
    try (Socket one = new Socket(address.getHost(), address.getPort());
        Socket other = new Socket(address.getHost(), address.getPort())) {
      one.getOutputStream().write('G');
      // sooner than the other one is sent away
      assertThat(get("/metrics", Duration.ofSeconds(4)).statusCode()).isEqualTo(200);

      other.getOutputStream().write('G'); // and no thread is left, until they are sent away

      assertThat(get("/metrics").statusCode()).isEqualTo(200);
      assertThat(one.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void answersNothingElse() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/metrics/more").statusCode()).isEqualTo(404);
  }

  private static Row replayed(int partition, long offset) {
    String hourBefore = RawRows.json("A", START - 3_600_000, "10");
    return record("A", partition, offset, hourBefore, Map.of("origin", "replay"));
  }

  private void assertHealth(int status, String line) throws Exception {
    HttpResponse<String> answer = get("/health");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(line + "\n");
  }

  private static String late(String symbol) {
    return """
        {"ev":"A","sym":"%s","v":2,"vw":1,"o":1,"c":1,"h":1,"l":1,"z":2,"s":%d}"""
        .formatted(symbol, START);
  }

  /** Runs one batch and waits until its report is in. */
  private void process(Row... records) throws Exception {
    process(packed(records));
  }

  private void process(List<Row> packs) throws Exception {
    double before = samples().get("market_job_batch_duration_seconds_count");
    raw.addData(CollectionConverters.asScala(packs).toList());
    query.processAllAvailable();
    await("report of the batch")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(samples())
                    .containsEntry("market_job_batch_duration_seconds_count", before + 1));
  }

  private Map<String, Double> samples() throws Exception {
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    return answer
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.lastIndexOf(' ')),
                line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)),
                (one, other) -> one,
                TreeMap::new));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(path, PATIENCE);
  }

  private HttpResponse<String> get(String path, Duration patience)
      throws IOException, InterruptedException {
    URI address = metrics.address().resolve(path);
    return http.send(
        HttpRequest.newBuilder(address).timeout(patience).build(), BodyHandlers.ofString());
  }
}
