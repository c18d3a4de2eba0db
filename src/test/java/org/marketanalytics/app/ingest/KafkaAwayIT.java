package org.marketanalytics.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.app.Records;
import org.marketanalytics.app.Servers;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.DatabaseProduct;
import org.marketanalytics.local.Simulator;

/** The broker is killed while a market runs, and comes back. */
class KafkaAwayIT {
  @TempDir private Path directory;

  @Test
  void everyEventIsOnTheTopicOnceAndNoHeartbeatOvertookOne() throws Exception {
    try (Servers servers = Servers.start(directory, DatabaseProduct.AUTO);
        Simulator feed =
            Simulator.start(
                directory.resolve("feed"),
                0,
                "--rate",
                "2000",
                "--clusters",
                "stocks",
                "--lossless")) {
      Map<String, String> environment =
          new HashMap<>(
              servers.configuration(
                  "file:routes/ingest.camel.yaml,file:routes/heartbeat.camel.yaml,file:routes/errors.camel.yaml"));
      environment.put("MARKET_FEED_URL", feed.webSocketUrl("stocks"));
      // few, so that the socket is soon not read
      environment.put("MARKET_FEED_MAX_IN_FLIGHT", "16");
      environment.put("MARKET_HEARTBEAT_PERIOD", "200ms");
      try (Application application = servers.application(environment)) {
        awaitSent(feed, 10_000);
        servers.killBroker();
        await("health says that Kafka is away")
            .atMost(Duration.ofSeconds(60))
            .until(() -> Servers.get(application, "/observe/health"), h -> h.contains("\"DOWN\""));
        servers.restartBroker();
        awaitSent(feed, feed.stats().eventsSent() + 10_000);
        feed.stopMarket();

        long sent = feed.stats().eventsSent();
        List<ConsumerRecord<String, byte[]>> records =
            Records.read(
                servers.broker().bootstrapServers(),
                "market.raw",
                read -> read.stream().filter(KafkaAwayIT::isEvent).count() >= sent);
        assertThat(records.stream().filter(KafkaAwayIT::isEvent).count()).isEqualTo(sent);
        assertThat(Servers.get(application, "/observe/metrics"))
            .contains("market_events_lost_total 0.0");
        assertThat(mostLateMillis(records)).isLessThan(30_000);
      }
    }
  }

  /** How far an event was behind the greatest heartbeat before it in its partition. */
  private static long mostLateMillis(List<ConsumerRecord<String, byte[]>> records) {
    Map<Integer, Long> clock = new HashMap<>();
    Set<Long> late = new HashSet<>(Set.of(0L));
    for (ConsumerRecord<String, byte[]> record : records) {
      if (isEvent(record)) {
        late.add(clock.getOrDefault(record.partition(), 0L) - record.timestamp());
      } else {
        clock.merge(record.partition(), record.timestamp(), Math::max);
      }
    }
    return late.stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  private static boolean isEvent(ConsumerRecord<String, byte[]> record) {
    return record.key() != null;
  }

  private static void awaitSent(Simulator feed, long events) {
    await("events of the market")
        .atMost(Duration.ofSeconds(60))
        .until(() -> feed.stats().eventsSent(), sent -> sent >= events);
  }
}
