package org.marketanalytics.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.app.Servers;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.DatabaseProduct;
import org.marketanalytics.local.Simulator;

/**
 * The broker is away while a large market goes on. {@code -Dmarket.test.outage=PT2M} makes the
 * outage longer.
 */
class MemoryWithoutKafkaIT {
  private static final Duration OUTAGE =
      Duration.parse(System.getProperty("market.test.outage", "PT30S"));

  /** After so long what may wait for Kafka has come. */
  private static final Duration FULL = Duration.ofSeconds(12);

  /** The application ends when it needs more. */
  private static final int HEAP_MIB = 400;

  @TempDir private Path directory;

  @Test
  void theHeapStaysBoundedWhileTheBrokerIsAwayAndEventsFlowAgainAfterIt() throws Exception {
    try (Servers servers = Servers.start(directory, DatabaseProduct.AUTO);
        Simulator feed =
            Simulator.start(
                directory.resolve("feed"), 0, "--rate", "20000", "--clusters", "stocks")) {
      Map<String, String> environment =
          new HashMap<>(
              servers.configuration(
                  "file:routes/ingest.camel.yaml,file:routes/heartbeat.camel.yaml,file:routes/errors.camel.yaml"));
      environment.put("MARKET_FEED_URL", feed.webSocketUrl("stocks"));
      // so many that the bytes are what bounds them
      environment.put("MARKET_FEED_MAX_IN_FLIGHT", "10000");
      List<String> jvm = List.of("-Xmx" + HEAP_MIB + "m", "-XX:+ExitOnOutOfMemoryError");
      try (Application application =
          Application.start(directory.resolve("application"), 0, jvm, environment)) {
        awaitIngested(application, 100_000);
        long before = heapMib(application);

        servers.killBroker();
        long filling = mostHeapMib(application, FULL);
        long sent = feed.stats().eventsSent();
        long during = Math.max(filling, mostHeapMib(application, OUTAGE.minus(FULL)));
        assertThat(feedIsHeldBack(feed, sent)).as("the socket is not read").isTrue();

        servers.restartBroker();
        awaitIngested(application, ingested(application) + 200_000);
        System.out.printf(
            "heap_mib before=%d during=%d after=%d outage=%s%n",
            before, during, heapMib(application), OUTAGE);
        assertThat(Servers.get(application, "/observe/metrics"))
            .contains("market_events_lost_total 0.0");
      }
    }
  }

  /** Whether the server cannot send, or has given the client up. */
  private static boolean feedIsHeldBack(Simulator feed, long sent) throws Exception {
    Simulator.Stats stats = feed.stats();
    return stats.eventsSent() - sent < 20_000 || stats.connections() == 0;
  }

  private static long mostHeapMib(Application application, Duration time) {
    Instant end = Instant.now().plus(time);
    long[] most = {0};
    await("the end of the outage")
        .atMost(time.plusMinutes(1))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              most[0] = Math.max(most[0], heapMib(application));
              return Instant.now().isAfter(end);
            });
    return most[0];
  }

  private static void awaitIngested(Application application, long events) {
    await("events on the raw topic")
        .atMost(Duration.ofMinutes(2))
        .until(() -> ingested(application), read -> read >= events);
  }

  private static long ingested(Application application) throws IOException, InterruptedException {
    return sum(application, "market_events_ingested_total{");
  }

  private static long heapMib(Application application) throws IOException, InterruptedException {
    return sum(application, "jvm_memory_used_bytes{area=\"heap\"") / (1024 * 1024);
  }

  private static long sum(Application application, String series)
      throws IOException, InterruptedException {
    return (long)
        Servers.get(application, "/observe/metrics")
            .lines()
            .filter(line -> line.startsWith(series))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum();
  }
}
