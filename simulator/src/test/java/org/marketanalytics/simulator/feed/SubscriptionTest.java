package org.marketanalytics.simulator.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionTest {
  @Test
  void answersEachPairAndSendsOnlyWhatWasAskedFor() {
    try (SimulatorServer server = Simulators.with().open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.AAPL, A.*,A.NVDA");

      client.awaitEvents("A", 15);
      client.awaitEvents("T", 15);
      assertThat(client.statusTexts())
          .endsWith("subscribed to: T.AAPL", "subscribed to: A.*", "subscribed to: A.NVDA");
      assertThat(client.events("T"))
          .allSatisfy(trade -> assertThat(trade.get("sym").asText()).isEqualTo("AAPL"));
      assertThat(client.events("A"))
          .extracting(second -> second.get("sym").asText())
          .contains("AAPL", "NVDA", "TSLA");
      assertThat(client.events("AM")).isEmpty();
    }
  }

  @Test
  void answersBeforeTheFirstEvent() {
    try (SimulatorServer server = Simulators.with().rate(100_000).open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.*");

      client.awaitEvents("T", 1);
      assertThat(client.messages().get(2).path("message").asText()).isEqualTo("subscribed to: T.*");
    }
  }

  @Test
  void keepsStatusesAndEventsInFramesOfTheirOwn() {
    try (SimulatorServer server = Simulators.with().rate(20_000).frameEvents(50).open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.*").send("subscribe", "A.*");

      client.awaitEvents("T", 5_000);
      assertThat(client.frames())
          .allSatisfy(
              frame -> {
                assertThat(frame).startsWith("[{").endsWith("}]");
                assertThat(frame.contains("\"ev\":\"status\"") && frame.contains("\"sym\""))
                    .isFalse();
                assertThat(frame.split("\"ev\":", -1)).hasSizeLessThanOrEqualTo(51);
              });
    }
  }

  @Test
  void isSilentAboutUnknownChannels() {
    try (SimulatorServer server = Simulators.with().open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "XT.BTC-USD,FOO.AAPL,AAPL,A.,.A,A.AAPL");

      client.awaitText("subscribed to: A.AAPL");
      assertThat(client.statuses()).containsExactly("connected", "auth_success", "success");
    }
  }

  @Test
  void takesSymbolsThatAreNotTraded() {
    try (SimulatorServer server = Simulators.with().open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.NOTHING");

      client.awaitText("subscribed to: T.NOTHING");
    }
  }

  @Test
  void sendsNoMoreAfterTheEndOfASubscription() {
    try (SimulatorServer server = Simulators.with().open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.AAPL,T.NVDA");
      client.awaitEvents("T", 10);

      client.send("unsubscribe", "T.AAPL");

      client.awaitText("unsubscribed to: T.AAPL");
      int before = client.events("T").size();
      client.awaitEvents("T", before + 50);
      assertThat(client.events("T").subList(before + 10, before + 50))
          .allSatisfy(trade -> assertThat(trade.get("sym").asText()).isEqualTo("NVDA"));
    }
  }

  @Test
  void endsWildcardAndSymbolApart() {
    try (SimulatorServer server = Simulators.with().open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.*,T.AAPL").send("unsubscribe", "T.*");

      client.awaitText("unsubscribed to: T.*");
      int before = client.events("T").size();
      client.awaitEvents("T", before + 50);
      assertThat(client.events("T").subList(before + 10, before + 50))
          .allSatisfy(trade -> assertThat(trade.get("sym").asText()).isEqualTo("AAPL"));
    }
  }

  @Test
  void takesThousandsOfPairsInOneMessage() {
    String pairs =
        IntStream.range(0, 5_000).mapToObj(i -> "A.SYM" + i).collect(Collectors.joining(","));
    try (SimulatorServer server = Simulators.with().open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", pairs);

      await().until(() -> client.statuses().stream().filter("success"::equals).count() == 5_000);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/crypto,XT,pair,BTC-USD",
    "/crypto,XAS,pair,BTC-USD",
    "/forex,C,p,EUR/USD",
    "/forex,CAS,pair,EUR/USD"
  })
  void speaksTheFormatOfEachCluster(String path, String channel, String field, String symbol) {
    try (SimulatorServer server = Simulators.with().open();
        TestClient client = TestClient.authenticated(server.port(), path)) {
      client.send("subscribe", channel + "." + symbol);

      client.awaitEvents(channel, 1);
      assertThat(client.events(channel).get(0).get(field).asText()).isEqualTo(symbol);
    }
  }

  @Test
  void sendsTheSameToAllClients() {
    try (SimulatorServer server = Simulators.with().open();
        TestClient all = TestClient.authenticated(server.port(), "/stocks");
        TestClient some = TestClient.authenticated(server.port(), "/stocks")) {
      all.send("subscribe", "T.*");
      all.awaitEvents("T", 1);
      some.send("subscribe", "T.AAPL");
      some.awaitEvents("T", 20);

      List<JsonNode> part = some.events("T").subList(0, 20);
      await().atMost(Duration.ofSeconds(5)).until(() -> all.events("T").containsAll(part));
    }
  }
}
