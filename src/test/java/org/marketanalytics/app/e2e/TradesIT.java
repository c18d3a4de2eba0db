package org.marketanalytics.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.app.Servers;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.DatabaseProduct;
import org.marketanalytics.local.Job;
import org.marketanalytics.local.Simulator;

/** Rows made of trades instead of aggregates, through all of it: all columns of both tables. */
class TradesIT {

  private static final Instant START = Instant.parse("2026-03-02T14:30:00Z");
  private static final int SECONDS = 240;
  private static final long SLIDE = 5_000;
  private static final Duration LATENESS = Duration.ofSeconds(15);

  @TempDir private Path directory;

  @Test
  void everyRowMadeOfTradesIsExact() throws Exception {
    List<String> events = new RecordedTrades(5, START, SECONDS).events();
    Path file = Files.write(directory.resolve("trades.jsonl"), events);

    try (Servers servers = Servers.start(directory, DatabaseProduct.AUTO);
        Simulator feed =
            Simulator.start(
                directory.resolve("feed"), 0, "--replay", file.toString(), "--speed", "60");
        Application application = servers.application(configuration(servers, feed));
        Job job =
            Job.start(
                directory.resolve("job"),
                servers.broker().bootstrapServers(),
                "--input",
                "trades",
                "--lateness",
                "15s")) {
      String brokers = servers.broker().bootstrapServers();
      await("raw records")
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(RawTopic.eventsBySymbol(RawTopic.read(brokers, "market.raw")))
                      .isEqualTo(MarketEvents.bySymbol(events)));
      TimelyRecords records = TimelyRecords.of(RawTopic.read(brokers, "market.raw"), "T", LATENESS);
      TradeOracle oracle = new TradeOracle();
      for (ConsumerRecord<byte[], byte[]> record : records.timely()) {
        oracle.add(record.value(), TimelyRecords.received(record));
      }
      assertThat(records.timely().size() - oracle.trades()).as("sent twice").isGreaterThan(50);

      // the last averages are due a minute after the last trade
      await("rows")
          .atMost(Duration.ofMinutes(4))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> {
                assertThat(StoredRows.averages(servers.database()))
                    .hasSameSizeAs(oracle.averages(SLIDE));
                assertThat(StoredRows.bars(servers.database())).allMatch(bar -> bar.endsWith(",1"));
              });
      assertThat(StoredRows.bars(servers.database()))
          .hasSizeGreaterThanOrEqualTo(12)
          .isEqualTo(oracle.bars());
      assertThat(StoredRows.averages(servers.database())).isEqualTo(oracle.averages(SLIDE));
      assertThat(RawTopic.read(brokers, "market.dead-letter")).hasSameSizeAs(records.tooLate());
      assertThat(application.pid()).isPositive();
      assertThat(job.pid()).isPositive();
    }
  }

  private static Map<String, String> configuration(Servers servers, Simulator feed) {
    Map<String, String> configuration =
        new HashMap<>(servers.configuration("file:routes/*.camel.yaml"));
    configuration.put("MARKET_FEED_URL", feed.webSocketUrl("stocks"));
    configuration.put("MARKET_FEED_ORIGIN", "replay");
    configuration.put("MARKET_KAFKA_PARTITIONS", "2");
    return configuration;
  }
}
