package org.marketanalytics.app.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.app.Servers;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Database;
import org.marketanalytics.local.DatabaseProduct;
import org.marketanalytics.local.Job;
import org.marketanalytics.local.Reconciliation;

/** The proof that the database is right: it holds when it is, and names what is not. */
class ReconcileIT {
  private static final Instant START = Instant.parse("2026-03-02T14:30:00Z");
  private static final int SECONDS = 300;
  private static final List<String> SYMBOLS = List.of("AAPL", "BRK.B", "aapl", "MSFT");

  private static final String[] SETTINGS = {"--slide", "5s", "--lateness", "10s"};

  /** Everything of the log, although the clock of a log without heartbeats ends before it. */
  private static final String END = START.plusSeconds(SECONDS + 60).toString();

  @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void namesEachRowThatIsNotAsTheLogSays() throws Exception {
    try (Servers servers = Servers.start(directory, DatabaseProduct.AUTO);
        Application application = servers.application(store(servers))) {
      produce(servers.broker().bootstrapServers());
      try (Job job =
          Job.start(directory.resolve("job"), servers.broker().bootstrapServers(), SETTINGS)) {
        awaitRows(servers.database());
        assertThat(job.checkpoint()).exists();
      }
      assertThat(application.page()).isNotNull();

      Reconciliation.Result settled = reconcile(servers);
      assertThat(settled.lines()).last().asString().endsWith("to=2026-03-02T14:34:00Z");
      assertThat(settled.exitCode()).isZero();
      Reconciliation.Result whole = reconcile(servers, "--to", END);
      assertThat(whole).returns(0, Reconciliation.Result::exitCode);
      assertThat(whole.rows()).isEqualTo(rows(servers.database())).isGreaterThan(settled.rows());

      damage(servers.database());

      Reconciliation.Result damaged = reconcile(servers, "--to", END);
      assertThat(damaged.exitCode()).isOne();
      assertThat(damaged.differences()).isEqualTo(3);
      assertThat(damaged.lines())
          .anyMatch(
              line ->
                  line.startsWith(
                          "bars symbol=AAPL bar_start=2026-03-02T14:31:00Z different:"
                              + " close database=1.000001 computed=")
                      && !line.contains(","))
          .anyMatch(
              line ->
                  line.startsWith(
                      "moving_averages symbol=MSFT window_end=2026-03-02T14:32:05Z missing in the database:"))
          .anyMatch(
              line ->
                  line.startsWith(
                      "bars symbol=EXTRA bar_start=2026-03-02T14:33:00Z too many in the database:"));

      Reconciliation.Result between =
          reconcile(servers, "--from", "2026-03-02T14:32:00Z", "--to", "2026-03-02T14:33:00Z");
      assertThat(between.lines())
          .hasSize(2)
          .anyMatch(line -> line.startsWith("moving_averages symbol=MSFT"))
          .anyMatch(line -> line.startsWith("reconciled rows=" + 4 * 13 + " differences=1 "));
      assertThat(
              reconcile(servers, "--from", "2026-03-02T14:33:30Z", "--to", "2026-03-02T14:35:00Z")
                  .exitCode())
          .isZero();
    }
  }

  @Test
  void aRunOverTheSameEventsInAFileGivesTheSameRows() throws Exception {
    try (Broker broker = Broker.start(directory.resolve("broker"), 0)) {
      String servers = broker.bootstrapServers();
      Job.runFiles(
          directory.resolve("nothing"), servers, emptyFile().toString(), "--partitions", "2");
      produce(servers);
      Path recorded = directory.resolve("recorded.jsonl");
      Files.write(
          recorded, events().stream().map(event -> new String(event.value(), UTF_8)).toList());

      Job.runFiles(
          directory.resolve("files"), servers, recorded.toString(), arguments("--partitions", "2"));

      Map<String, String> fromFiles = lastRows(servers);
      assertThat(fromFiles.keySet()).filteredOn(key -> key.startsWith("bar ")).hasSize(4 * 5);
      try (Job job =
          Job.start(
              directory.resolve("job"),
              servers,
              arguments("--aggregated-topic", "market.streamed", "--once"))) {
        assertThat(job.checkpoint()).exists();
        await("streamed rows")
            .atMost(Duration.ofMinutes(2))
            .untilAsserted(
                () -> {
                  Map<String, String> streamed = lastRows(servers, "market.streamed");
                  // without a heartbeat the last minute is not final, the last windows are not due
                  streamed.values().removeIf(row -> row.contains("\"final\":false"));
                  assertThat(streamed).hasSize(4 * 4 + 4 * 60);
                  assertThat(fromFiles).containsAllEntriesOf(streamed);
                });
      }
    }
  }

  private Path emptyFile() throws Exception {
    return Files.createFile(directory.resolve("empty.jsonl"));
  }

  private static Map<String, String> lastRows(String bootstrapServers) {
    return lastRows(bootstrapServers, "market.aggregated");
  }

  /** Of each key the last row, without its revision. */
  private static Map<String, String> lastRows(String bootstrapServers, String topic) {
    Map<String, String> rows = new HashMap<>();
    for (var record : RawTopic.read(bootstrapServers, topic)) {
      String row = new String(record.value(), UTF_8).replaceAll("\"revision\":\\d+", "");
      String key = row.substring(0, row.indexOf("\"end\""));
      rows.put(RawTopic.header(record, "type") + " " + key, row);
    }
    return rows;
  }

  private static String[] arguments(String... more) {
    return Stream.concat(Stream.of(SETTINGS), Stream.of(more)).toArray(String[]::new);
  }

  private Reconciliation.Result reconcile(Servers servers, String... range) throws Exception {
    return Reconciliation.run(
        directory.resolve("reconcile"),
        servers.broker().bootstrapServers(),
        servers.database(),
        arguments(range));
  }

  private static Map<String, String> store(Servers servers) {
    Map<String, String> configuration = servers.configuration("file:routes/store.camel.yaml");
    configuration.put("MARKET_KAFKA_PARTITIONS", "2");
    return configuration;
  }

  private static void produce(String bootstrapServers) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    Map<String, Object> configuration = Map.of("bootstrap.servers", bootstrapServers);
    try (var producer =
        new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (ProducerRecord<byte[], byte[]> event : events()) {
        sent.add(producer.send(event));
      }
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    }
  }

  /** A second of each symbol each second, one in seven of them five seconds late. */
  private static List<ProducerRecord<byte[], byte[]>> events() {
    List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    for (int second = 0; second < SECONDS; second++) {
      for (String symbol : SYMBOLS) {
        int late = (second + symbol.hashCode()) % 7 == 0 ? 5 : 0;
        long start = START.plusSeconds(Math.max(0, second - late)).toEpochMilli();
        long received = START.plusSeconds(second + 2).toEpochMilli();
        ProducerRecord<byte[], byte[]> event =
            new ProducerRecord<>(
                "market.raw", null, start, symbol.getBytes(UTF_8), json(symbol, start, second));
        event.headers().add("ev", "A".getBytes(UTF_8));
        event.headers().add("received", Long.toString(received).getBytes(UTF_8));
        events.add(event);
      }
    }
    return events;
  }

  private static byte[] json(String symbol, long start, int number) {
    return """
        {"ev":"A","sym":"%s","v":3,"dv":"3.25","vw":%2$d.123457,"o":%2$d.1,"c":%2$d.2,"h":%2$d.3,"l":%2$d,"z":2,"s":%3$d,"e":%4$d}"""
        .formatted(symbol, 100 + number, start, start + 1_000)
        .getBytes(UTF_8);
  }

  private static void awaitRows(Database database) {
    String bars = "SELECT COUNT(*) FROM bars";
    String averages = "SELECT COUNT(*) FROM moving_averages";
    await("bars and averages")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              assertThat(number(database, bars)).isEqualTo(4 * 5);
              assertThat(number(database, averages)).isEqualTo(4 * 60);
              assertThat(number(database, bars + " WHERE final")).isEqualTo(4 * 4);
            });
  }

  private static long rows(Database database) throws SQLException {
    return number(
        database, "SELECT (SELECT COUNT(*) FROM bars) + (SELECT COUNT(*) FROM moving_averages)");
  }

  private static long number(Database database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void damage(Database database) throws SQLException {
    try (Connection connection = connect(database);
        var statement = connection.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "UPDATE bars SET close = 1.000001 WHERE symbol = 'AAPL' AND bar_start = '2026-03-02 14:31:00'"))
          .isOne();
      assertThat(
              statement.executeUpdate(
                  "DELETE FROM moving_averages WHERE symbol = 'MSFT' AND window_end = '2026-03-02 14:32:05'"))
          .isOne();
      assertThat(
              statement.executeUpdate(
                  """
                  INSERT INTO bars
                  VALUES ('EXTRA', '2026-03-02 14:33:00', '2026-03-02 14:34:00', 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                          '2026-03-02 14:33:00')
                  """))
          .isOne();
    }
  }

  private static Connection connect(Database database) throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.writer().user(), database.writer().password());
  }
}
