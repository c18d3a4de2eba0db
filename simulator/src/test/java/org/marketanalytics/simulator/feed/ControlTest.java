package org.marketanalytics.simulator.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ControlTest {
  @Test
  void countsWhatItSent() {
    try (SimulatorServer server = Simulators.with().open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.*,A.*");
      client.awaitEvents("A", 10);

      Simulators.post(server, "/control/stop");

      JsonNode stats = Simulators.stats(server);
      await().until(() -> client.events().size() == stats.get("events_sent").asInt());
      assertThat(stats.get("events_by_channel").get("T").asInt())
          .isEqualTo(client.events("T").size());
      assertThat(stats.get("frames_sent").asInt()).isEqualTo(client.frames().size() - 3);
      assertThat(stats.get("connections").asInt()).isEqualTo(1);
      assertThat(stats.get("last_event_ms").asLong())
          .isEqualTo(
              client.events("T").stream().mapToLong(t -> t.get("t").asLong()).max().orElseThrow());
    }
  }

  @Test
  void endsTheMarketWithItsSecondAndLeavesTheConnectionsOpen() {
    try (SimulatorServer server = Simulators.with().open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.*,A.*");
      client.awaitEvents("A", 10);

      JsonNode answer = Simulators.json(Simulators.post(server, "/control/stop"));

      assertThat(answer.get("ended").asBoolean()).isTrue();
      await().until(() -> client.events().size() == answer.get("events_sent").asInt());
      Set<Long> lastTrades = new HashSet<>();
      long last = answer.get("last_event_ms").asLong();
      client.events("T").stream()
          .filter(trade -> trade.get("t").asLong() / 1_000 == last / 1_000)
          .forEach(trade -> lastTrades.add(trade.get("t").asLong() % 1_000));
      assertThat(lastTrades).anyMatch(t -> t > 950).anyMatch(t -> t < 50);
      assertThat(client.events("A"))
          .extracting(second -> second.get("s").asLong())
          .contains(last / 1_000 * 1_000);
      await()
          .during(Duration.ofSeconds(1))
          .until(() -> Simulators.stats(server).equals(answer) && !client.isClosed());
    }
  }

  @Test
  void stopsTwiceWithTheSameAnswer() {
    try (SimulatorServer server = Simulators.with().open()) {
      HttpResponse<String> first = Simulators.post(server, "/control/stop");

      assertThat(Simulators.post(server, "/control/stop").body()).isEqualTo(first.body());
    }
  }

  @Test
  void knowsNothingElse() {
    try (SimulatorServer server = Simulators.with().open()) {
      assertThat(Simulators.get(server, "/control/stop").statusCode()).isEqualTo(404);
      assertThat(Simulators.get(server, "/control/dance").statusCode()).isEqualTo(404);
      assertThat(Simulators.get(server, "/").statusCode()).isEqualTo(404);
    }
  }
}
