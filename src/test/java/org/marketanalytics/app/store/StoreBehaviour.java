package org.marketanalytics.app.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.app.Records;
import org.marketanalytics.app.Servers;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.Credentials;
import org.marketanalytics.local.DatabaseProduct;

/** What the store route must do on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreBehaviour {
  private static final String TOPIC = "market.aggregated";
  private static final long MINUTE = 1_788_877_020_000L; // 2026-09-08 14:17
  private static final String BAR =
      """
      {"symbol":"%s","start":%d,"end":%d,"open":"%s","high":"181.6","low":"181.4","close":"181.55",\
      "volume":"1200.25","vwap":"181.5123","trades":34,"seconds":%d,"revision":%d,"final":%b}""";
  private static final String AVERAGE =
      """
      {"symbol":"%s","start":%d,"end":%d,"avg_open":"%s","avg_high":"%4$s","avg_low":"%4$s","avg_close":"%4$s",\
      "seconds":%d,"revision":%d}""";

  private final DatabaseProduct product;
  private Servers servers;
  private Application application;
  private KafkaProducer<String, String> producer;

  StoreBehaviour(DatabaseProduct product) {
    this.product = product;
  }

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    servers = Servers.start(directory, product);
    application = startApplication();
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", servers.broker().bootstrapServers());
    producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  @AfterAll
  void stop() {
    producer.close();
    application.close();
    servers.close();
  }

  @Test
  void everyColumnIsExact() throws Exception {
    send(
        "bar",
        "EXACT",
        """
        {"symbol":"EXACT","start":1788877020001,"end":1788877080001,"open":"123456789012.123456",\
        "high":"999999999999.999999","low":"0.000001","close":"0","volume":"12345678901234.123456","vwap":null,\
        "trades":9007199254740993,"seconds":60,"revision":1788877046310,"final":true}""");
    send(
        "average",
        "EXACT",
        """
        {"symbol":"EXACT","start":1788876986000,"end":1788877046000,"avg_open":"123456789012.123456",\
        "avg_high":"999999999999.999999","avg_low":"0.000001","avg_close":"7","seconds":57,"revision":1788877046310}""");

    awaitRows("SELECT COUNT(*) FROM moving_averages WHERE symbol = 'EXACT'", "1");
    awaitRows("SELECT COUNT(*) FROM bars WHERE symbol = 'EXACT'", "1");
    assertThat(
            query(
                """
                SELECT CAST(bar_start AS CHAR), CAST(bar_end AS CHAR), open, high, low, close, volume, vwap, trades, seconds, revision, final
                FROM bars WHERE symbol = 'EXACT'"""))
        .containsExactly(
            "2026-09-08 14:17:00.001 2026-09-08 14:18:00.001 123456789012.123456 999999999999.999999 0.000001"
                + " 0.000000 12345678901234.123456 null 9007199254740993 60 1788877046310 1");
    assertThat(
            query(
                """
                SELECT CAST(window_start AS CHAR), CAST(window_end AS CHAR), avg_open, avg_high, avg_low, avg_close, seconds, revision,
                       ABS(TIMESTAMPDIFF(SECOND, updated_at, UTC_TIMESTAMP(3))) < 600
                FROM moving_averages WHERE symbol = 'EXACT'"""))
        .containsExactly(
            "2026-09-08 14:16:26.000 2026-09-08 14:17:26.000 123456789012.123456 999999999999.999999 0.000001"
                + " 7.000000 57 1788877046310 1");
  }

  @Test
  void anOlderRevisionNeverReplacesANewerOne() throws Exception {
    bar("GUARD", "2", 20, false);
    awaitRows("SELECT open FROM bars WHERE symbol = 'GUARD'", "2.000000");
    bar("GUARD", "1", 10, false);
    bar("GUARDED", "1", 10, false);
    awaitRows("SELECT COUNT(*) FROM bars WHERE symbol = 'GUARDED'", "1");
    awaitStored();

    assertThat(query("SELECT open, revision FROM bars WHERE symbol = 'GUARD'"))
        .containsExactly("2.000000 20");
  }

  @Test
  void anAverageIsReplacedByOneThatKnowsMoreAndByNoOther() throws Exception {
    average("MEAN", "2", 12, 20);
    awaitRows("SELECT avg_open FROM moving_averages WHERE symbol = 'MEAN'", "2.000000");
    String row = "SELECT * FROM moving_averages WHERE symbol = 'MEAN'";
    List<String> before = query(row);
    average("MEAN", "1", 13, 10); // older
    average("MEAN", "1", 11, 20); // of fewer seconds
    average("MEAN", "2", 12, 20); // the same
    awaitStored();
    assertThat(query(row)).isEqualTo(before);

    average("MEAN", "3", 13, 20);
    awaitRows(
        "SELECT avg_open, avg_high, avg_low, avg_close, seconds, revision FROM moving_averages WHERE symbol = 'MEAN'",
        "3.000000 3.000000 3.000000 3.000000 13 20");
    average("MEAN", "4", 1, 21);
    awaitRows(
        "SELECT avg_open, avg_high, avg_low, avg_close, seconds, revision FROM moving_averages WHERE symbol = 'MEAN'",
        "4.000000 4.000000 4.000000 4.000000 1 21");
  }

  @Test
  void aBarOfFewerSecondsReplacesNoneOfTheSameRevision() throws Exception {
    send("bar", "PART", bar("PART", "1", 12, 10, true));
    awaitRows("SELECT open FROM bars WHERE symbol = 'PART'", "1.000000");
    List<String> before = query("SELECT * FROM bars WHERE symbol = 'PART'");
    send("bar", "PART", bar("PART", "2", 11, 10, true));
    awaitStored();

    assertThat(query("SELECT * FROM bars WHERE symbol = 'PART'")).isEqualTo(before);
  }

  @Test
  void anEqualRevisionIsTakenAndAFinalBarStaysFinal() throws Exception {
    bar("FINAL", "1", 10, false);
    awaitRows("SELECT final FROM bars WHERE symbol = 'FINAL'", "0");
    bar("FINAL", "1", 10, true);
    awaitRows("SELECT final FROM bars WHERE symbol = 'FINAL'", "1");
    bar("FINAL", "1", 10, false);
    bar("FINAL", "3", 30, false);

    awaitRows("SELECT open, revision, final FROM bars WHERE symbol = 'FINAL'", "3.000000 30 1");
  }

  @Test
  void aRowThatComesAgainChangesNothing() throws Exception {
    bar("AGAIN", "1", 10, true);
    awaitRows("SELECT COUNT(*) FROM bars WHERE symbol = 'AGAIN'", "1");
    List<String> before = query("SELECT * FROM bars WHERE symbol = 'AGAIN'");

    bar("AGAIN", "1", 10, true);
    bar("AGAIN2", "1", 10, true);
    awaitRows("SELECT COUNT(*) FROM bars WHERE symbol = 'AGAIN2'", "1");
    awaitStored();

    assertThat(query("SELECT * FROM bars WHERE symbol = 'AGAIN'")).isEqualTo(before);
  }

  @Test
  void daysThatAreOverAreDroppedAndWhatIsOlderWhenItArrivesStays() throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    LocalDate over = today.minusDays(91);
    LocalDate kept = today.minusDays(90);
    migrate("CREATE TABLE days LIKE bars");
    migrate("ALTER TABLE days REMOVE PARTITIONING");
    migrate(
        """
        ALTER TABLE days PARTITION BY RANGE COLUMNS (bar_start) (
          PARTITION past VALUES LESS THAN ('%s'),
          PARTITION p%s VALUES LESS THAN ('%s'),
          PARTITION p%s VALUES LESS THAN ('%s'),
          PARTITION future VALUES LESS THAN (MAXVALUE))"""
            .formatted(over, name(over), kept, name(kept), kept.plusDays(1)));
    for (LocalDate day : List.of(over.minusDays(1), over, kept, today, today.plusDays(500))) {
      migrate(
          "INSERT INTO days VALUES ('A', '%1$s', '%1$s', 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, '%1$s')"
              .formatted(day));
    }

    migrate("CALL keep_partitions('days', 90, 7)");
    migrate("CALL keep_partitions('days', 90, 7)");

    assertThat(query("SELECT DATE(bar_start) FROM days ORDER BY bar_start"))
        .containsExactly(
            over.minusDays(1).toString(),
            kept.toString(),
            today.toString(),
            today.plusDays(500).toString());
    assertThat(
            query(
                """
                SELECT partition_name FROM information_schema.partitions
                WHERE table_schema = DATABASE() AND table_name = 'days'
                ORDER BY partition_ordinal_position"""))
        .startsWith("past", "p" + name(kept), "p" + name(kept.plusDays(1)))
        .endsWith("p" + name(today.plusDays(7)), "future")
        .hasSize(2 + 90 + 1 + 7);
  }

  @Test
  void symbolsThatDifferInCaseAreTwo() throws Exception {
    bar("BCpA", "1", 10, true);
    bar("BCPA", "2", 10, true);

    awaitRows("SELECT COUNT(*) FROM bars WHERE symbol IN ('BCpA', 'BCPA')", "2");
  }

  @Test
  void aBadRecordGoesToTheDeadLettersAndItsBatchGoesOn() throws Exception {
    bar("BEFORE", "1", 10, false);
    send("bar", "BAD", "{\"symbol\":\"BAD\",\"open\":\"NaN\"}");
    send("tick", "BAD", "{}");
    send("bar", null, "not json");
    bar("AFTER", "1", 10, false);

    awaitRows("SELECT COUNT(*) FROM bars WHERE symbol IN ('BEFORE', 'AFTER')", "2");
    List<ConsumerRecord<String, byte[]>> letters =
        Records.read(
            servers.broker().bootstrapServers(), "market.dead-letter", read -> read.size() >= 3);
    ConsumerRecord<String, byte[]> letter =
        letters.stream()
            .filter(l -> new String(l.value(), UTF_8).contains("NaN"))
            .findFirst()
            .orElseThrow();
    assertThat(letter.key()).isEqualTo("BAD");
    assertThat(new String(letter.value(), UTF_8))
        .isEqualTo("{\"symbol\":\"BAD\",\"open\":\"NaN\"}");
    assertThat(Records.header(letter, "reason")).isEqualTo("malformed-row");
    assertThat(Records.header(letter, "error")).isNotBlank();
    assertThat(Records.header(letter, "source-topic")).isEqualTo(TOPIC);
    assertThat(Records.header(letter, "source-partition")).matches("[0-7]");
    assertThat(Records.header(letter, "source-offset")).matches("[0-9]+");
    assertThat(letters).anyMatch(l -> l.key() == null);
  }

  @Test
  void everyRowIsThereAfterTheDatabaseWasAway() throws Exception {
    for (int i = 0; i < 500; i++) {
      bar("AWAY" + i, "1", 10, false);
    }
    awaitRows("SELECT COUNT(*) > 0 FROM bars WHERE symbol LIKE 'AWAY%'", "1");
    servers.database().kill();
    for (int i = 500; i < 1500; i++) {
      bar("AWAY" + i, "1", 10, false);
    }
    producer.flush();
    await("health names the database")
        .atMost(Duration.ofSeconds(30))
        .until(() -> Servers.get(application, "/observe/health"), h -> h.contains("\"DOWN\""));

    servers.restartDatabase();

    awaitRows("SELECT COUNT(*) FROM bars WHERE symbol LIKE 'AWAY%'", "1500");
    await("health is up again")
        .atMost(Duration.ofSeconds(30))
        .until(() -> Servers.get(application, "/observe/health"), h -> !h.contains("\"DOWN\""));
  }

  @Test
  void everyRowIsThereAfterTheApplicationWasKilled() throws Exception {
    for (int i = 0; i < 3000; i++) {
      bar("KILL" + i, "1", 10, false);
      if (i == 1500) {
        application.kill();
      }
    }
    producer.flush();

    application = startApplication();

    awaitRows("SELECT COUNT(*) FROM bars WHERE symbol LIKE 'KILL%'", "3000");
  }

  /** The file of the route. */
  Path store() throws IOException {
    return Path.of("routes/store.camel.yaml");
  }

  private Application startApplication() throws Exception {
    return servers.application(
        servers.configuration("file:" + store() + ",file:routes/errors.camel.yaml"));
  }

  private void bar(String symbol, String open, long revision, boolean complete) {
    send("bar", symbol, bar(symbol, open, 12, revision, complete));
  }

  private static String bar(
      String symbol, String open, int seconds, long revision, boolean complete) {
    return BAR.formatted(symbol, MINUTE, MINUTE + 60_000, open, seconds, revision, complete);
  }

  private void average(String symbol, String price, int seconds, long revision) {
    send(
        "average",
        symbol,
        AVERAGE.formatted(symbol, MINUTE, MINUTE + 60_000, price, seconds, revision));
  }

  private void send(String type, String key, String value) {
    ProducerRecord<String, String> record = new ProducerRecord<>(TOPIC, key, value);
    record.headers().add("type", type.getBytes(UTF_8));
    Future<?> unused = producer.send(record); // awaited by flush
  }

  /** Waits until the route has committed everything that was sent so far. */
  private void awaitStored() throws Exception {
    String mark = "MARK" + System.nanoTime();
    for (int partition = 0; partition < 8; partition++) {
      String symbol = mark + partition;
      ProducerRecord<String, String> record =
          new ProducerRecord<>(TOPIC, partition, symbol, bar(symbol, "1", 12, 1, false));
      record.headers().add("type", "bar".getBytes(UTF_8));
      Future<?> unused = producer.send(record); // awaited by flush
    }
    awaitRows("SELECT COUNT(*) FROM bars WHERE symbol LIKE '" + mark + "%'", "8");
  }

  private void awaitRows(String sql, String... rows) {
    producer.flush();
    await(sql)
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(query(sql)).containsExactly(rows));
  }

  private static String name(LocalDate day) {
    return day.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private void migrate(String sql) throws SQLException {
    Credentials user = servers.database().migration();
    try (Connection connection =
            DriverManager.getConnection(
                servers.database().jdbcUrl(), user.user(), user.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> query(String sql) throws SQLException {
    Credentials reader = servers.database().grafana();
    try (Connection connection =
            DriverManager.getConnection(
                servers.database().jdbcUrl(), reader.user(), reader.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> read = new ArrayList<>();
      while (rows.next()) {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          columns.add(String.valueOf(rows.getString(i)));
        }
        read.add(String.join(" ", columns));
      }
      return read;
    }
  }
}
