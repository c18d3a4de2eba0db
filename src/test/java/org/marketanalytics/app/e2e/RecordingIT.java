package org.marketanalytics.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.app.Servers;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.DatabaseProduct;
import org.marketanalytics.local.Simulator;

/** A market is recorded and played again by the simulator. */
class RecordingIT {
  private static final String ROUTES =
      "file:routes/ingest.camel.yaml,file:routes/errors.camel.yaml";

  @TempDir private Path directory;

  @Test
  void whatWasRecordedMakesTheSameRawRecordsAgain() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("recording"));
    try (Servers servers = Servers.start(directory, DatabaseProduct.AUTO)) {
      Map<String, String> environment = new HashMap<>(servers.configuration(ROUTES));
      environment.put("MARKET_RECORD_FOLDER", folder.toString());
      long sent;
      try (Simulator market =
          Simulator.start(
              directory.resolve("market"),
              0,
              "--clusters",
              "stocks",
              "--rate",
              "500",
              "--lossless")) {
        environment.put("MARKET_FEED_URL", market.webSocketUrl("stocks"));
        try (Application application = servers.application(environment)) {
          await("a market")
              .atMost(Duration.ofSeconds(60))
              .until(() -> market.stats().eventsSent() > 3_000);
          market.stopMarket();
          sent = market.stats().eventsSent();
          awaitEvents(servers, "market.raw", sent);
          assertThat(Servers.get(application, "/observe/metrics"))
              .contains("market_frames_unrecorded_total 0.0");
        }
      }

      environment.remove("MARKET_RECORD_FOLDER");
      environment.put("MARKET_KAFKA_RAW_TOPIC", "market.again");
      try (Simulator again =
          Simulator.start(
              directory.resolve("again"),
              0,
              "--replay",
              recording(folder).toString(),
              "--speed",
              "max",
              "--lossless")) {
        environment.put("MARKET_FEED_URL", again.webSocketUrl("stocks"));
        try (Application application = servers.application(environment)) {
          assertThat(application.pid()).isPositive();
          awaitEvents(servers, "market.again", sent);
        }
      }

      assertThat(events(servers, "market.again")).isEqualTo(events(servers, "market.raw"));
    }
  }

  /** All files of the folder as one: a recording may have crossed the hour. */
  private Path recording(Path folder) throws IOException {
    Path all = directory.resolve("all.jsonl.gz");
    try (Stream<Path> files = Files.list(folder);
        OutputStream out = Files.newOutputStream(all)) {
      for (Path file : files.sorted().toList()) {
        Files.copy(file, out);
      }
    }
    return all;
  }

  private static Map<String, List<String>> events(Servers servers, String topic) {
    return RawTopic.eventsBySymbol(RawTopic.read(servers.broker().bootstrapServers(), topic));
  }

  private static void awaitEvents(Servers servers, String topic, long events) {
    await(topic)
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> events(servers, topic).values().stream().mapToLong(List::size).sum(),
            count -> count >= events);
  }
}
