package org.marketanalytics.simulator.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultPlanTest {
  private static final String BARS = "/v2/aggs/ticker/AAPL/range/1/second/1/2?apiKey=k";

  @Test
  void playsAScriptSinceTheMarketBegan() {
    try (SimulatorServer server =
            Simulators.with()
                .lossless()
                .faults("[{'at':0.5,'fault':'drop'},{'at':3600,'fault':'drop'}]")
                .open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      assertThat(status(server).get("planned")).hasSize(2);

      client.send("subscribe", "T.*");

      assertThat(client.awaitClose()).isEqualTo(1001);
      await().until(() -> status(server).get("planned").size() == 1);
      assertThat(status(server).get("played").toString()).isEqualTo("{\"drop\":1}");
    }
  }

  @Test
  void playsStepsOfTheSameTimeInTheirOrder() {
    StringBuilder script = new StringBuilder("[{'at':0.2,'fault':'rest','answer':'500'}");
    for (int i = 1; i <= 200; i++) {
      script.append(",{'at':0.2,'fault':'rest','answer':'500','count':").append(i).append('}');
    }
    try (SimulatorServer server = Simulators.with().faults(script + "]").open()) {
      await().until(() -> status(server).get("active").size() == 201);

      JsonNode active = status(server).get("active");
      for (int i = 1; i <= 200; i++) {
        assertThat(active.get(i).get("count").asInt()).isEqualTo(i);
      }
    }
  }

  @Test
  void playsAStepAgainAndAgainButNotMoreOftenThanItIsTold() {
    try (SimulatorServer server = Simulators.with().open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.*");

      Simulators.play(server, "{'every':0.1,'times':3,'fault':'garbage'}");

      await().until(() -> status(server).get("planned").isEmpty());
      assertThat(status(server).get("played").get("garbage").asInt()).isEqualTo(3);
    }
  }

  @Test
  void showsWhatIsInForceAndForgetsItWhenTold() {
    try (SimulatorServer server = Simulators.with().open()) {
      Simulators.play(server, "{'fault':'rest','answer':'500','count':7}");
      Simulators.play(server, "{'at':3600,'fault':'drop'}");

      assertThat(status(server).get("active").toString())
          .isEqualTo(
              "[{\"fault\":\"rest\",\"answer\":\"500\",\"count\":7,\"by\":2,\"retry_after\":1,"
                  + "\"count_left\":7}]");
      assertThat(Simulators.get(server, BARS).statusCode()).isEqualTo(500);
      assertThat(status(server).get("active").get(0).get("count_left").asInt()).isEqualTo(6);

      Simulators.send(
          HttpRequest.newBuilder(Simulators.uri(server, "/control/faults")).DELETE().build());

      assertThat(status(server).get("active")).isEmpty();
      assertThat(status(server).get("planned")).isEmpty();
      assertThat(Simulators.get(server, BARS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void endsAFaultWhenItsTimeIsOver() {
    try (SimulatorServer server = Simulators.with().open()) {
      Simulators.play(server, "{'fault':'rest','answer':'500','for':0.5}");
      assertThat(status(server).get("active")).hasSize(1);

      await().until(() -> Simulators.get(server, BARS).statusCode() == 200);

      assertThat(status(server).get("active")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"429", "500"})
  void answersRestRequestsByAnError(int code) {
    try (SimulatorServer server = Simulators.with().open()) {
      Simulators.play(server, "{'fault':'rest','answer':'" + code + "','count':2,'retry_after':3}");

      HttpResponse<String> first = Simulators.get(server, BARS);

      assertThat(first.statusCode()).isEqualTo(code);
      assertThat(first.headers().firstValue("Retry-After").orElse(""))
          .isEqualTo(code == 429 ? "3" : "");
      assertThat(Simulators.get(server, BARS).statusCode()).isEqualTo(code);
      assertThat(Simulators.get(server, BARS).statusCode()).isEqualTo(200);
      assertThat(status(server).get("played").get("rest").asInt()).isEqualTo(2);
    }
  }

  @Test
  void answersRestRequestsLate() {
    try (SimulatorServer server = Simulators.with().open()) {
      Simulators.play(server, "{'fault':'rest','answer':'slow','by':0.7,'count':1}");
      long began = System.nanoTime();

      assertThat(Simulators.get(server, BARS).statusCode()).isEqualTo(200);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(699));
    }
  }

  @Test
  void resetsRestConnections() {
    try (SimulatorServer server = Simulators.with().open()) {
      Simulators.play(server, "{'fault':'rest','answer':'reset'}");

      assertThatThrownBy(() -> Simulators.get(server, BARS)).hasCauseInstanceOf(IOException.class);
      assertThat(Simulators.get(server, "/control/stats").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "drop | a step is an object",
        "{'fault':'dance'} | step: fault 'dance' is not one of drop",
        "{'fault':'delay'} | step: delay needs by, a number of seconds from 0 to 86400"
      })
  void refusesABadStep(String step, String message) {
    try (SimulatorServer server = Simulators.with().open()) {
      HttpResponse<String> answer = Simulators.play(server, step.equals("drop") ? "1" : step);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(Simulators.json(answer).get("error").asText()).contains(message);
    }
  }

  @Test
  void cannotReviseARecording(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("none.jsonl"), "");
    try (SimulatorServer server = Simulators.with().replay(file).open()) {
      assertThat(Simulators.play(server, "{'fault':'revise','share':1}").body())
          .contains("step: revise is for a market");
    }
  }

  private static JsonNode status(SimulatorServer server) {
    return Simulators.json(Simulators.get(server, "/control/faults"));
  }
}
