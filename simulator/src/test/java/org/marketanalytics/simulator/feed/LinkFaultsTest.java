package org.marketanalytics.simulator.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkFaultsTest {
  private final SimulatorServer server = Simulators.with().open();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"close,1001", "abort,1006"})
  void dropsTheLink(String how, int code) {
    try (TestClient client = subscribed()) {
      play("{'fault':'drop','how':'" + how + "'}");

      assertThat(client.awaitClose()).isEqualTo(code);
      assertThat(played("drop")).isEqualTo(1);
    }
  }

  @Test
  void dropsAsManyLinksAsItIsToldOldestFirst() {
    try (TestClient first = subscribed();
        TestClient second = subscribed()) {
      play("{'fault':'drop','count':1}");

      first.awaitClose();
      second.awaitEvents("T", second.events("T").size() + 10);
    }
  }

  @Test
  void leavesALinkHalfOpen() {
    try (TestClient client = subscribed()) {
      play("{'fault':'drop','how':'half_open'}");
      await().until(() -> Simulators.stats(server).get("events_made").asLong() > made(client));
      int got = client.events().size();
      client.ping();
      client.send("subscribe", "AM.*");

      await()
          .during(Duration.ofMillis(500))
          .until(
              () ->
                  client.events().size() == got
                      && client.pongs() == 0
                      && !client.statusTexts().contains("subscribed to: AM.*")
                      && !client.isClosed());
    }
  }

  @Test
  void keepsInHistoryWhatADroppedLinkDidNotDeliver() {
    try (TestClient client = subscribed()) {
      long before = Simulators.stats(server).get("events_made").asLong();
      play("{'fault':'drop','how':'abort'}");
      client.awaitClose();
      await().until(() -> Simulators.stats(server).get("events_made").asLong() > before + 2_000);

      Simulators.post(server, "/control/stop");

      JsonNode stats = Simulators.stats(server);
      assertThat(stats.get("events_sent").asLong()).isLessThan(stats.get("events_made").asLong());
      JsonNode trades =
          Simulators.json(Simulators.get(server, "/v3/trades/AAPL?apiKey=k&order=asc&limit=50000"));
      Set<String> kept = new HashSet<>();
      trades.get("results").forEach(trade -> kept.add(trade.get("id").asText()));
      Set<String> delivered = new HashSet<>();
      client.events("T").stream()
          .filter(trade -> trade.get("sym").asText().equals("AAPL"))
          .forEach(trade -> delivered.add(trade.get("i").asText()));
      assertThat(kept).containsAll(delivered).hasSizeGreaterThan(delivered.size());
    }
  }

  @ParameterizedTest
  @CsvSource({"force_disconnect", "slow_consumer"})
  void saysWhyAndCloses(String fault) {
    try (TestClient client = subscribed()) {
      play("{'fault':'" + fault + "'}");

      assertThat(client.awaitClose()).isEqualTo(1008);
      assertThat(client.statuses()).endsWith(fault);
    }
  }

  @ParameterizedTest
  @CsvSource({"auth_failed", "auth_timeout", "max_connections"})
  void refusesTheNextLogins(String fault) {
    play("{'fault':'" + fault + "','count':1}");

    try (TestClient refused = TestClient.connect(server.port(), "/stocks").send("auth", "key")) {
      assertThat(refused.awaitClose()).isEqualTo(1008);
      assertThat(refused.statuses()).endsWith(fault);
    }
    TestClient.authenticated(server.port(), "/stocks").close();
    assertThat(played(fault)).isEqualTo(1);
  }

  @Test
  void holdsFramesBackAndSendsThemInTheirOrder() {
    try (TestClient client = subscribed()) {
      play("{'fault':'pause','for':1}");
      play("{'fault':'delay','by':0.3,'for':1}");
      int before = client.events("T").size();

      client.awaitEvents("T", before + 3_000);

      assertThat(client.events("T")).extracting(trade -> trade.get("t").asLong()).isSorted();
      assertThat(played("delay")).isPositive();
      Simulators.post(server, "/control/stop");
      JsonNode stats = Simulators.stats(server);
      await().until(() -> client.events().size() == stats.get("events_sent").asLong());
      assertThat(stats.get("events_sent")).isEqualTo(stats.get("events_made"));
    }
  }

  @Test
  void sendsNothingAfterTheCloseOfALinkThatWasHeldBack() {
    try (TestClient client = subscribed()) {
      play("{'fault':'pause','for':3600}");
      long made = Simulators.stats(server).get("events_made").asLong();
      await().until(() -> Simulators.stats(server).get("events_made").asLong() > made + 1_000);

      play("{'fault':'drop'}");

      assertThat(client.awaitClose()).isEqualTo(1001);
      await().until(() -> Simulators.stats(server).get("connections").asInt() == 0);
      assertThat(client.events()).hasSize(Simulators.stats(server).get("events_sent").asInt());
    }
  }

  @Test
  void delaysFrames() {
    try (TestClient client = subscribed()) {
      play("{'fault':'delay','by':5}");
      await().until(() -> played("delay") > 100);
      Instant now = Instant.now();

      assertThat(client.events("T"))
          .isNotEmpty()
          .allSatisfy(
              trade -> assertThat(trade.get("t").asLong()).isLessThanOrEqualTo(now.toEpochMilli()));
      long sent = Simulators.stats(server).get("events_sent").asLong();
      assertThat(Simulators.stats(server).get("events_made").asLong()).isGreaterThan(sent);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "not_json, <html>",
    "truncated, '\"o\":25.'",
    "unknown_status, dancing",
    "oversize, xxxxxxxxxx"
  })
  void sendsFramesThatAreNoneOfTheFeeds(String what, String text) {
    try (TestClient client = subscribed()) {
      play("{'fault':'garbage','what':'" + what + "','count':2,'mib':1}");

      await()
          .until(() -> client.frames().stream().filter(frame -> frame.contains(text)).count() == 2);
      client.awaitEvents("T", client.events("T").size() + 10);
      assertThat(played("garbage")).isEqualTo(2);
      if (what.equals("oversize")) {
        assertThat(client.frames()).anyMatch(frame -> frame.length() > 1 << 20);
      }
    }
  }

  @Test
  void sendsAFrameThatIsNotUtf8() {
    try (TestClient client = subscribed()) {
      play("{'fault':'garbage','what':'utf8'}");

      // the client fails the connection, as the protocol wants
      assertThat(client.awaitClose()).isEqualTo(1006);
    }
  }

  @Test
  void refusesHandshakes() {
    play("{'fault':'refuse','for':3600}");

    assertThatThrownBy(() -> TestClient.connect(server.port(), "/stocks"))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(503));
    clear();
    TestClient.connect(server.port(), "/stocks").close();
  }

  @Test
  void closesItsPortAndOpensItAgain() {
    int port = server.port();
    try (TestClient client = subscribed()) {
      play("{'fault':'refuse','how':'port','for':2}");

      assertThatThrownBy(() -> TestClient.connect(port, "/stocks"))
          .hasCauseInstanceOf(ConnectException.class);
      client.awaitEvents("T", client.events("T").size() + 10);
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(
              () -> {
                TestClient.connect(port, "/stocks").close();
                return true;
              });
    }
  }

  private TestClient subscribed() {
    TestClient client = TestClient.authenticated(server.port(), "/stocks");
    client.send("subscribe", "T.*");
    client.awaitEvents("T", 10);
    return client;
  }

  private static long made(TestClient client) {
    return client.events().size() + 500L;
  }

  private void play(String step) {
    assertThat(Simulators.play(server, step).statusCode()).isEqualTo(200);
  }

  private void clear() {
    Simulators.send(
        HttpRequest.newBuilder(Simulators.uri(server, "/control/faults")).DELETE().build());
  }

  private long played(String fault) {
    return Simulators.stats(server).get("faults").path(fault).asLong();
  }
}
