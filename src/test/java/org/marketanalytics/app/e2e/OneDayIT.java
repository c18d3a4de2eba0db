package org.marketanalytics.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.app.Servers;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.Database;
import org.marketanalytics.local.DatabaseProduct;
import org.marketanalytics.local.Job;
import org.marketanalytics.local.Simulator;

/** A whole day in disorder, with repeats and late events, through all of it with the defaults. */
class OneDayIT {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  private static final Duration LATENESS = Duration.ofMinutes(2);
  private static final long SLIDE = 5_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void everyRowOfADayInDisorderIsExact() throws Exception {
    List<String> events = new RecordedDay(11, DAY).events();
    assertDisorder(events);
    Path file = Files.write(directory.resolve("day.jsonl"), events);

    try (Servers servers = Servers.start(directory, DatabaseProduct.AUTO);
        Simulator feed =
            Simulator.start(
                directory.resolve("feed"), 0, "--replay", file.toString(), "--speed", "1000");
        Application application = servers.application(configuration(servers, feed));
        Job job = Job.start(directory.resolve("job"), servers.broker().bootstrapServers())) {
      String brokers = servers.broker().bootstrapServers();
      await("events")
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofSeconds(2))
          .until(() -> feed.stats().eventsSent() == events.size());
      await("raw records")
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(RawTopic.eventsBySymbol(RawTopic.read(brokers, "market.raw")))
                      .isEqualTo(MarketEvents.bySymbol(events)));
      // without a feed there are no heartbeats, so that the log has an end
      feed.kill();

      await("all rows")
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofSeconds(3))
          .untilAsserted(
              () -> assertRows(servers.database(), RawTopic.read(brokers, "market.raw")));
      TimelyRecords records = TimelyRecords.of(RawTopic.read(brokers, "market.raw"), "A", LATENESS);
      assertDeadLetters(brokers, records);
      assertMinutesAreTheirSeconds(servers.database(), events, records);
      assertThat(application.pid()).isPositive();
      assertThat(job.checkpoint().resolve("commits")).isNotEmptyDirectory();
    }
  }

  private static Map<String, String> configuration(Servers servers, Simulator feed) {
    Map<String, String> configuration =
        new HashMap<>(servers.configuration("file:routes/*.camel.yaml"));
    configuration.put("MARKET_FEED_URL", feed.webSocketUrl("stocks"));
    configuration.put("MARKET_FEED_CHANNELS", "A,AM,T");
    configuration.put("MARKET_FEED_ORIGIN", "replay");
    configuration.put("MARKET_KAFKA_PARTITIONS", "2");
    return configuration;
  }

  /** The file is what this test is about: it counts the disorder by the order of the lines. */
  private static void assertDisorder(List<String> events) throws IOException {
    Map<String, Long> greatestEnd = new HashMap<>();
    Set<String> seen = new HashSet<>();
    int seconds = 0;
    int inDisorder = 0;
    int repeated = 0;
    int tooLate = 0;
    for (String line : events) {
      JsonNode event = JSON.readTree(line);
      if (!event.get("ev").textValue().equals("A")) {
        continue;
      }
      seconds++;
      String symbol = event.get("sym").textValue();
      long end = event.get("e").longValue();
      long behind = greatestEnd.getOrDefault(symbol, 0L) - end;
      if (behind >= LATENESS.toMillis()) {
        tooLate++;
        continue;
      }
      inDisorder += behind > 0 ? 1 : 0;
      repeated += seen.add(symbol + end) ? 0 : 1;
      greatestEnd.merge(symbol, end, Math::max);
    }
    assertThat(events).doesNotHaveDuplicates();
    assertThat(seconds).isBetween(95_000, 110_000);
    assertThat(events.size() - seconds).isGreaterThan(5_000);
    assertThat(inDisorder).isBetween(seconds * 20 / 100, seconds * 30 / 100);
    assertThat(repeated).isBetween(seconds * 5 / 100, seconds * 7 / 100);
    assertThat(tooLate).isBetween(seconds / 100, seconds * 2 / 100);
  }

  private static void assertRows(Database database, List<ConsumerRecord<byte[], byte[]>> log)
      throws IOException, SQLException {
    TimelyRecords records = TimelyRecords.of(log, "A", LATENESS);
    Oracle oracle = new Oracle(records::clock, LATENESS);
    for (ConsumerRecord<byte[], byte[]> record : records.timely()) {
      oracle.add(
          RawTopic.key(record), Oracle.Second.of(record.value(), TimelyRecords.received(record)));
    }
    List<String> bars = oracle.bars();
    assertThat(bars.size()).isGreaterThan(1_850);
    assertThat(StoredRows.bars(database)).isEqualTo(bars);
    List<String> averages = oracle.averages(SLIDE);
    assertThat(averages.size()).isGreaterThan(22_000);
    assertThat(StoredRows.averages(database)).isEqualTo(averages);
  }

  private static void assertDeadLetters(String brokers, TimelyRecords records) {
    assertThat(RawTopic.read(brokers, "market.dead-letter"))
        .extracting(
            letter ->
                String.join(
                    " ",
                    RawTopic.header(letter, "reason"),
                    RawTopic.header(letter, "source-partition"),
                    RawTopic.header(letter, "source-offset"),
                    TimelyRecords.text(letter)))
        .containsExactlyInAnyOrderElementsOf(
            records.tooLate().stream()
                .map(
                    late ->
                        "too-late %d %d %s"
                            .formatted(late.partition(), late.offset(), TimelyRecords.text(late)))
                .toList())
        .hasSizeGreaterThan(1_000);
  }

  /** Open, high, low, close and volume of each minute, merged from the lines of the file. */
  private static void assertMinutesAreTheirSeconds(
      Database database, List<String> events, TimelyRecords records) throws Exception {
    Set<String> tooLate =
        new HashSet<>(records.tooLate().stream().map(TimelyRecords::text).toList());
    Map<String, Map<Long, Oracle.Second>> seconds = new TreeMap<>();
    for (String event : events) {
      if (event.startsWith("{\"ev\":\"A\",") && !tooLate.contains(event)) {
        Oracle.Second second = Oracle.Second.of(event.getBytes(StandardCharsets.UTF_8), 0);
        String symbol = JSON.readTree(event).get("sym").textValue();
        seconds.computeIfAbsent(symbol, s -> new TreeMap<>()).put(second.start(), second);
      }
    }
    List<String> expected = new ArrayList<>();
    seconds.forEach(
        (symbol, all) -> {
          Map<Long, BigDecimal[]> minutes = new TreeMap<>();
          for (Oracle.Second s : all.values()) {
            BigDecimal[] m =
                minutes.computeIfAbsent(
                    s.start() / 60_000 * 60_000,
                    start ->
                        new BigDecimal[] {s.open(), s.high(), s.low(), s.close(), BigDecimal.ZERO});
            m[1] = m[1].max(s.high());
            m[2] = m[2].min(s.low());
            m[3] = s.close();
            m[4] = m[4].add(s.volume());
          }
          minutes.forEach(
              (start, m) -> {
                StringBuilder row = new StringBuilder(symbol + "," + start);
                for (BigDecimal value : m) {
                  row.append(',').append(value.setScale(6).toPlainString());
                }
                expected.add(row.toString());
              });
        });
    assertThat(expected.size()).isGreaterThan(1_850);
    assertThat(
            StoredRows.query(
                database,
                "SELECT symbol, ROUND(UNIX_TIMESTAMP(bar_start) * 1000), open, high, low, close, volume FROM bars ORDER BY symbol, bar_start"))
        .isEqualTo(expected);
  }
}
