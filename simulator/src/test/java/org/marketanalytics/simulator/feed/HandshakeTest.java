package org.marketanalytics.simulator.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  @Test
  void greetsAndAuthenticates() {
    try (SimulatorServer server = Simulators.with().open();
        TestClient client = TestClient.connect(server.port(), "/stocks")) {
      client.awaitStatus("connected");

      client.send("auth", "anything");

      client.awaitStatus("auth_success");
      assertThat(client.frames())
          .startsWith(
              "[{\"ev\":\"status\",\"status\":\"connected\",\"message\":\"Connected Successfully\"}]",
              "[{\"ev\":\"status\",\"status\":\"auth_success\",\"message\":\"authenticated\"}]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "bad"})
  void refusesAnUnknownKeyAndCloses(String key) {
    try (SimulatorServer server = Simulators.with().key("good").open();
        TestClient client = TestClient.connect(server.port(), "/stocks")) {
      client.send("auth", key);

      assertThat(client.awaitClose()).isEqualTo(1008);
      assertThat(client.statuses()).containsExactly("connected", "auth_failed");
      assertThat(client.statusTexts()).endsWith("authentication failed");
    }
  }

  @Test
  void acceptsTheKeyItWasGiven() {
    try (SimulatorServer server = Simulators.with().key("good").open();
        TestClient client = TestClient.connect(server.port(), "/stocks")) {
      client.send("auth", "good");

      client.awaitStatus("auth_success");
    }
  }

  @Test
  void refusesAKeyWhosePlanHasNoAccess() {
    try (SimulatorServer server = Simulators.with().keyWithoutAccess("free").open();
        TestClient client = TestClient.connect(server.port(), "/stocks")) {
      client.send("auth", "free");

      assertThat(client.awaitClose()).isEqualTo(1008);
      assertThat(client.statusTexts()).endsWith("Your plan doesn't include websocket access.");
    }
  }

  @Test
  void closesAClientThatSendsNoKeyInTime() {
    try (SimulatorServer server =
            Simulators.with().authenticationLimit(Duration.ofMillis(100)).open();
        TestClient client = TestClient.connect(server.port(), "/stocks")) {
      assertThat(client.awaitClose()).isEqualTo(1008);
      assertThat(client.statuses()).containsExactly("connected", "auth_timeout");
    }
  }

  @Test
  void keepsAnAuthenticatedClientBeyondThatTime() {
    try (SimulatorServer server =
            Simulators.with().authenticationLimit(Duration.ofMillis(100)).open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "A.*");

      client.awaitEvents("A", 20);
      assertThat(client.statuses()).doesNotContain("auth_timeout");
    }
  }

  @Test
  void refusesOneConnectionTooManyOnACluster() {
    try (SimulatorServer server = Simulators.with().maxConnections(1).open();
        TestClient first = TestClient.authenticated(server.port(), "/stocks");
        TestClient elsewhere = TestClient.authenticated(server.port(), "/crypto");
        TestClient second = TestClient.connect(server.port(), "/stocks")) {
      second.send("auth", "key");

      assertThat(second.awaitClose()).isEqualTo(1008);
      assertThat(second.statuses()).containsExactly("connected", "max_connections");
      assertThat(first.isClosed()).isFalse();
      assertThat(elsewhere.isClosed()).isFalse();
    }
  }

  @Test
  void hasRoomAgainWhenAConnectionIsGone() {
    try (SimulatorServer server = Simulators.with().maxConnections(1).open()) {
      TestClient.authenticated(server.port(), "/stocks").close();
      await()
          .untilAsserted(
              () ->
                  assertThat(Simulators.get(server, "/control/stats").body())
                      .contains("\"connections\":0"));

      try (TestClient next = TestClient.authenticated(server.port(), "/stocks")) {
        assertThat(next.isClosed()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"subscribe", "unsubscribe"})
  void saysNotAuthorizedBeforeAKey(String action) {
    try (SimulatorServer server = Simulators.with().open();
        TestClient client = TestClient.connect(server.port(), "/stocks")) {
      client.send(action, "A.AAPL");

      client.awaitText("not authorized");
      assertThat(client.statuses()).containsExactly("connected", "error");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "x", "{}", "{\"action\":\"dance\"}", "{\"action\":7}"})
  void saysThatItDoesNotUnderstand(String text) {
    try (SimulatorServer server = Simulators.with().open();
        TestClient client = TestClient.connect(server.port(), "/stocks")) {
      client.send(text);

      client.awaitText("invalid message");
      assertThat(client.isClosed()).isFalse();
    }
  }

  @Test
  void answersPings() {
    try (SimulatorServer server = Simulators.with().open();
        TestClient client = TestClient.connect(server.port(), "/stocks")) {
      client.ping();

      await().until(() -> client.pongs() == 1);
    }
  }

  @Test
  void hasNoFeedElsewhere() {
    try (SimulatorServer server = Simulators.with().open()) {
      assertThatThrownBy(() -> TestClient.connect(server.port(), "/bonds"))
          .hasMessageContaining("WebSocketHandshakeException");
    }
  }

  @Test
  void saysGoodbyeWhenItEnds() {
    SimulatorServer server = Simulators.with().open();
    try (TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      server.close();

      assertThat(client.awaitClose()).isEqualTo(1001);
    }
  }
}
