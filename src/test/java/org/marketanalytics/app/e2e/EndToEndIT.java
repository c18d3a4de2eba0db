package org.marketanalytics.app.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Database;
import org.marketanalytics.local.Job;
import org.marketanalytics.local.Simulator;

/** A recorded file through all of it: every row of both tables, all columns. */
class EndToEndIT {

  private static final Instant START = Instant.parse("2026-03-02T14:30:00Z");
  private static final int SECONDS = 240;
  private static final long SLIDE = 5_000;

  @TempDir private Path directory;

  @Test
  void everyRowOfARecordedFileIsInTheDatabase() throws Exception {
    Path file = directory.resolve("recorded.jsonl");
    List<String> events = new RecordedMarket(7, START, SECONDS).writeTo(file);

    try (Broker broker = Broker.start(directory.resolve("broker"), 0);
        Database database = Database.start(directory.resolve("database"), 0);
        Simulator feed =
            Simulator.start(
                directory.resolve("feed"), 0, "--replay", file.toString(), "--speed", "max");
        Application application =
            Application.start(
                directory.resolve("application"), 0, configuration(broker, database, feed));
        Job job =
            Job.start(
                directory.resolve("job"),
                broker.bootstrapServers(),
                "--slide",
                "5s",
                "--lateness",
                "15s")) {
      await("raw records")
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(raw(broker)).hasSize(events.size() - 1));
      List<ConsumerRecord<byte[], byte[]>> raw = raw(broker);
      // a broker may refuse an event that is years ahead, and its whole batch with it
      events.removeIf(event -> event.contains(RecordedMarket.YEARS_AHEAD));
      assertThat(RawTopic.eventsBySymbol(raw)).isEqualTo(MarketEvents.bySymbol(events));

      Oracle expected = oracle(raw);
      // the last averages are due a minute after the last second, when its window is empty
      await("rows")
          .atMost(Duration.ofSeconds(150))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> {
                assertThat(StoredRows.averages(database)).hasSameSizeAs(expected.averages(SLIDE));
                assertThat(StoredRows.bars(database)).allMatch(bar -> bar.endsWith(",1"));
              });
      assertThat(StoredRows.bars(database)).containsExactlyElementsOf(expected.bars());
      assertThat(StoredRows.averages(database)).containsExactlyElementsOf(expected.averages(SLIDE));

      assertThat(RawTopic.read(broker.bootstrapServers(), "market.dead-letter"))
          .extracting(record -> RawTopic.header(record, "reason"))
          .containsExactlyInAnyOrder("bad-price", "bad-price", "in-the-future");
      assertThat(health(application)).isEqualTo(200);
      assertThat(job.checkpoint().resolve("commits")).isNotEmptyDirectory();
    }
  }

  private static Map<String, String> configuration(
      Broker broker, Database database, Simulator feed) {
    Map<String, String> configuration = new HashMap<>(Application.configuration(broker, database));
    configuration.put("MARKET_FEED_URL", feed.webSocketUrl("stocks"));
    configuration.put("MARKET_FEED_API_KEY", "any");
    configuration.put("MARKET_KAFKA_PARTITIONS", "2");
    return configuration;
  }

  private static int health(Application application) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(application.page().resolve("/observe/health")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  private static List<ConsumerRecord<byte[], byte[]>> raw(Broker broker) {
    return RawTopic.read(broker.bootstrapServers(), "market.raw").stream()
        .filter(record -> !RawTopic.header(record, "ev").equals("heartbeat"))
        .toList();
  }

  private static Oracle oracle(List<ConsumerRecord<byte[], byte[]>> raw) throws IOException {
    List<String> unusable = RecordedMarket.unusable(START, SECONDS);
    Oracle oracle = new Oracle();
    for (ConsumerRecord<byte[], byte[]> record : raw) {
      if (RawTopic.header(record, "ev").equals("A")
          && !unusable.contains(new String(record.value(), UTF_8))) {
        long received = Long.parseLong(RawTopic.header(record, "received"));
        oracle.add(new String(record.key(), UTF_8), Oracle.Second.of(record.value(), received));
      }
    }
    return oracle;
  }
}
