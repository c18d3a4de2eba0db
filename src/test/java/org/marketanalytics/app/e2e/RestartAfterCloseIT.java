package org.marketanalytics.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.app.Servers;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.DatabaseProduct;
import org.marketanalytics.local.Job;
import org.marketanalytics.local.Simulator;

/** The application is killed at the end of the market, and started when no event comes any more. */
class RestartAfterCloseIT {

  @TempDir private Path directory;

  @Test
  void theLastBarsBecomeFinal() throws Exception {
    try (Servers servers = Servers.start(directory, DatabaseProduct.AUTO);
        Simulator feed =
            Simulator.start(directory.resolve("feed"), 0, "--symbols", "3", "--rate", "30");
        Job job =
            Job.start(
                directory.resolve("job"),
                servers.broker().bootstrapServers(),
                "--lateness",
                "5s")) {
      assertThat(job.pid()).isPositive();
      Map<String, String> environment =
          new HashMap<>(servers.configuration("file:routes/*.camel.yaml"));
      environment.put("MARKET_FEED_URL", feed.webSocketUrl("stocks"));
      long events;
      try (Application first = servers.application(environment)) {
        await("bars")
            .atMost(Duration.ofSeconds(90))
            .until(() -> StoredRows.bars(servers.database()).size() >= 3);
        feed.stopMarket();
        events = feed.stats().eventsSent();
        await("all events")
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> assertThat(events(servers)).isEqualTo(events));
        first.kill();
      }
      List<String> atTheKill = StoredRows.bars(servers.database());
      assertThat(atTheKill).anyMatch(bar -> bar.endsWith(",0"));

      try (Application second = servers.application(environment)) {
        await("final bars")
            .atMost(Duration.ofMinutes(3))
            .pollInterval(Duration.ofSeconds(1))
            .untilAsserted(
                () ->
                    assertThat(StoredRows.bars(servers.database()))
                        .hasSizeGreaterThanOrEqualTo(atTheKill.size())
                        .allMatch(bar -> bar.endsWith(",1")));
        assertThat(second.pid()).isPositive();
      }
      assertThat(events(servers)).as("no event came any more").isEqualTo(events);
    }
  }

  private static long events(Servers servers) {
    return RawTopic.read(servers.broker().bootstrapServers(), "market.raw").stream()
        .filter(record -> !RawTopic.header(record, "ev").equals("heartbeat"))
        // the application that starts asks for what the one before may have missed
        .filter(record -> RawTopic.header(record, "origin").equals("live"))
        .count();
  }
}
