package org.marketanalytics.simulator.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFaultsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant START = Instant.parse("2026-11-20T15:00:00Z");

  @TempDir private Path folder;

  @Test
  void sendsAShareOfTheEventsOnceMore() {
    Run run = run("[{'at':0,'fault':'repeat','share':0.1}]", "T.*", 10_000);

    Set<String> once = new HashSet<>(texts(run.received()));
    long repeated = run.stats().get("faults").get("repeat").asLong();
    assertThat(once).hasSize(run.stats().get("events_made").asInt());
    assertThat(run.received()).hasSize(once.size() + (int) repeated);
    assertThat((double) repeated / once.size()).isBetween(0.07, 0.13);
  }

  @Test
  void sendsAShareOfTheEventsOutOfOrderAndLosesNone() {
    Run run = run("[{'at':0,'fault':'reorder','share':0.1,'within':1}]", "T.*", 10_000);

    long latest = 0;
    long behind = 0;
    for (JsonNode trade : run.received()) {
      long time = trade.get("t").asLong();
      behind += time < latest ? 1 : 0;
      assertThat(time).isGreaterThan(latest - 1_100);
      latest = Math.max(latest, time);
    }
    assertThat(behind).isGreaterThan(run.received().size() / 20);
    assertThat(texts(run.received())).doesNotHaveDuplicates();
    assertThat(run.stats().get("events_sent")).isEqualTo(run.stats().get("events_made"));
  }

  @Test
  void sendsAShareOfTheEventsLate() {
    Run run = run("[{'at':0,'fault':'late','share':0.01,'by':3}]", "T.*", 20_000);

    List<Long> behind = new ArrayList<>();
    long latest = 0;
    for (JsonNode trade : run.received()) {
      long time = trade.get("t").asLong();
      if (time < latest) {
        behind.add(latest - time);
      }
      latest = Math.max(latest, time);
    }
    assertThat(behind).hasSizeGreaterThan(50).filteredOn(by -> by >= 3_000).hasSizeGreaterThan(50);
    assertThat(run.stats().get("events_sent")).isEqualTo(run.stats().get("events_made"));
  }

  @Test
  void isTheSameForTheSameSeed() {
    String script =
        "[{'at':0,'fault':'reorder','share':0.1,'seed':%d},"
            + "{'at':0,'fault':'repeat','share':0.05,'seed':%d},"
            + "{'at':0,'fault':'revise','share':0.2}]";

    List<String> once = texts(run(script.formatted(5, 5), "T.*,A.*", 5_000).received());
    List<String> again = texts(run(script.formatted(5, 5), "T.*,A.*", 5_000).received());
    List<String> other = texts(run(script.formatted(6, 6), "T.*,A.*", 5_000).received());

    assertThat(again.subList(0, 4_000)).isEqualTo(once.subList(0, 4_000));
    assertThat(other.subList(0, 4_000)).isNotEqualTo(once.subList(0, 4_000));
  }

  @Test
  void sendsAShareOfTheSecondsAgainAndServesTheLaterOne() {
    try (SimulatorServer server =
            market().faults("[{'at':0,'fault':'revise','share':0.3,'within':2}]").open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "A.AAPL");
      client.awaitEvents("A", 60);
      Simulators.post(server, "/control/stop");
      JsonNode stats = Simulators.stats(server);
      await().until(() -> client.events().size() == stats.get("events_sent").asInt());

      Map<Long, JsonNode> last = new HashMap<>();
      long revised = 0;
      for (JsonNode second : client.events("A")) {
        JsonNode before = last.put(second.get("s").asLong(), second);
        if (before != null) {
          revised++;
          assertThat(second).isNotEqualTo(before);
          assertThat(second.get("h").asDouble()).isGreaterThanOrEqualTo(before.get("h").asDouble());
          assertThat(second.get("v").asLong()).isGreaterThan(before.get("v").asLong());
        }
      }
      assertThat((double) revised / last.size()).isBetween(0.1, 0.6);
      assertThat(stats.get("faults").get("revise").asLong()).isGreaterThanOrEqualTo(revised);
      JsonNode results =
          Simulators.json(
                  Simulators.get(
                      server,
                      "/v2/aggs/ticker/AAPL/range/1/second/0/9999999999999?limit=50000&apiKey=k"))
              .get("results");
      assertThat(results).hasSize(last.size());
      results.forEach(
          result -> {
            JsonNode second = last.get(result.get("t").asLong());
            for (String field : List.of("o", "h", "l", "c", "vw")) {
              assertThat(result.get(field)).isEqualTo(second.get(field));
            }
            assertThat(result.get("v").asDouble()).isEqualTo(second.get("dv").asDouble());
            assertThat((long) (result.get("v").asDouble() / result.get("n").asLong()))
                .isEqualTo(second.get("z").asLong());
          });
    }
  }

  @Test
  void writesDownWhatAnUndisturbedRunWouldHaveSent() throws IOException {
    String script =
        "[{'at':0,'fault':'reorder','share':0.2},{'at':0,'fault':'repeat','share':0.2}]";
    Path journal = folder.resolve("journal.jsonl.gz");
    JsonNode stats;
    try (SimulatorServer server = market().faults(script).journal(journal).open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.*,A.*");
      client.awaitEvents("T", 3_000);
      Simulators.play(server, "{'fault':'drop'}");
      client.awaitClose();
      long made = Simulators.stats(server).get("events_made").asLong();
      await().until(() -> Simulators.stats(server).get("events_made").asLong() > made + 1_000);
      Simulators.post(server, "/control/stop");
      stats = Simulators.stats(server);
    }

    List<String> lines = lines(journal);
    assertThat(lines).hasSize(stats.get("events_made").asInt()).doesNotHaveDuplicates();
    List<Long> times = new ArrayList<>();
    for (String line : lines) {
      JsonNode event = MAPPER.readTree(line);
      if (event.get("ev").asText().equals("T")) {
        times.add(event.get("t").asLong());
      }
    }
    assertThat(times).isSorted();

    List<String> undisturbed = texts(run("[]", "T.*,A.*", 5_000).received());
    assertThat(lines.subList(0, 5_000)).isEqualTo(undisturbed.subList(0, 5_000));
    try (SimulatorServer replay = Simulators.with().replay(journal).pace(Pace.UNBOUNDED).open();
        TestClient client = TestClient.authenticated(replay.port(), "/stocks")) {
      client.send("subscribe", "T.*,A.*");
      await().until(() -> client.events().size() == lines.size());
      assertThat(texts(client.events())).isEqualTo(lines);
    }
  }

  @Test
  void disturbsAReplayToo() throws IOException {
    List<String> trades = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      trades.add(
          "{\"ev\":\"T\",\"sym\":\"S\",\"i\":\"%d\",\"p\":1.5,\"t\":%d}"
              .formatted(i, 1_788_877_043_000L + i));
    }
    Path file = Files.write(folder.resolve("trades.jsonl"), trades);
    try (SimulatorServer server =
            Simulators.with()
                .replay(file)
                .pace(Pace.UNBOUNDED)
                .faults("[{'at':0,'fault':'reorder','share':0.5}]")
                .open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.*");
      await().until(() -> client.events().size() == trades.size());

      assertThat(texts(client.events())).containsExactlyInAnyOrderElementsOf(trades);
      assertThat(texts(client.events())).isNotEqualTo(trades);
    }
  }

  private record Run(List<JsonNode> received, JsonNode stats) {}

  private static Simulators market() {
    return Simulators.with().lossless().pace(Pace.UNBOUNDED).start(START).rate(2_000);
  }

  private static Run run(String script, String params, int events) {
    try (SimulatorServer server = market().faults(script).open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", params);
      client.awaitEvents("T", events);
      Simulators.post(server, "/control/stop");
      JsonNode stats = Simulators.stats(server);
      await().until(() -> client.events().size() == stats.get("events_sent").asInt());
      return new Run(client.events(), stats);
    }
  }

  private static List<String> texts(List<JsonNode> events) {
    return events.stream().map(JsonNode::toString).toList();
  }

  private static List<String> lines(Path file) throws IOException {
    try (InputStream gzip = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(gzip.readAllBytes(), UTF_8).lines().toList();
    }
  }
}
