package org.marketanalytics.simulator.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowTest {
  private static final Instant START = Instant.parse("2026-11-20T15:00:00Z");

  @Test
  void closesAClientThatIsTooSlow() {
    try (SimulatorServer server = Simulators.with().rate(200_000).sendBufferBytes(1 << 20).open();
        TestClient slow = TestClient.deaf(server.port(), "/stocks");
        TestClient quick = TestClient.authenticated(server.port(), "/stocks")) {
      quick.send("subscribe", "A.*");
      slow.send("auth", "key").send("subscribe", "T.*");

      await()
          .atMost(Duration.ofSeconds(40))
          .until(
              () -> Simulators.get(server, "/control/stats").body().contains("\"connections\":1"));
      assertThat(quick.isClosed()).isFalse();
    }
  }

  @Test
  void tellsASlowClientWhyItIsClosed() {
    try (SimulatorServer server = Simulators.with().rate(200_000).sendBufferBytes(1 << 20).open();
        TestClient slow = TestClient.deaf(server.port(), "/stocks")) {
      slow.send("auth", "key").send("subscribe", "T.*");
      await().until(new Unchanging(server)::holds);

      slow.hear();

      assertThat(slow.awaitClose()).isEqualTo(1008);
      assertThat(slow.statuses()).endsWith("slow_consumer");
    }
  }

  @Test
  void waitsForASlowClientWhenItMayLoseNothing() {
    try (SimulatorServer server =
            Simulators.with()
                .rate(100_000)
                .lossless()
                .pace(Pace.UNBOUNDED)
                .start(START)
                .sendBufferBytes(1 << 20)
                .open();
        TestClient slow = TestClient.deaf(server.port(), "/stocks")) {
      slow.send("auth", "key").send("subscribe", "T.*");

      await().until(() -> events(server) > 1_000);
      await()
          .during(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(20))
          .until(new Unchanging(server)::holds);
      assertThat(slow.isClosed()).isFalse();
    }
  }

  @Test
  void losesNothingHoweverFastItGoes() {
    try (SimulatorServer server =
            Simulators.with().rate(2_000).lossless().pace(Pace.UNBOUNDED).start(START).open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.*");
      client.awaitEvents("T", 20_000);

      assertThat(Simulators.post(server, "/control/stop").statusCode()).isEqualTo(200);

      await().until(() -> client.events("T").size() == events(server));
      List<JsonNode> trades = client.events("T");
      assertThat(trades.get(0).get("t").asLong())
          .isBetween(START.toEpochMilli(), START.toEpochMilli() + 10);
      assertThat(trades.size() % 2_000).isZero();
    }
  }

  @Test
  void sendsTheSameFeedAgainForTheSameSeedAndStart() {
    assertThat(first(5_000)).isEqualTo(first(5_000));
  }

  private static List<String> first(int count) {
    try (SimulatorServer server =
            Simulators.with().rate(2_000).lossless().pace(Pace.UNBOUNDED).start(START).open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.*,A.*,AM.*");
      client.awaitEvents("T", count);
      return client.events().subList(0, count).stream().map(JsonNode::toString).toList();
    }
  }

  private static long events(SimulatorServer server) {
    return Simulators.stats(server).get("events_sent").asLong();
  }

  /** Holds as long as the count of events is what it was at first sight. */
  private static final class Unchanging {
    private final SimulatorServer server;
    private long last = -1;

    Unchanging(SimulatorServer server) {
      this.server = server;
    }

    boolean holds() {
      long now = events(server);
      boolean same = now == last && now > 0;
      last = now;
      return same;
    }
  }
}
