package org.marketanalytics.simulator.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestTest {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final Instant START = Instant.parse("2026-11-20T15:00:00Z");
  private static final long FROM = START.toEpochMilli();

  private static SimulatorServer server;
  private static TestClient client;

  @BeforeAll
  static void runThreeMinutes() {
    server =
        Simulators.with()
            .key("key")
            .keyWithoutRest("socket")
            .lossless()
            .pace(new Pace(100))
            .start(START)
            .rate(300)
            .open();
    client = TestClient.authenticated(server.port(), "/stocks").send("subscribe", "A.*,AM.*");
    TestClient crypto =
        TestClient.authenticated(server.port(), "/crypto").send("subscribe", "XAS.*");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.events("AM").size() > 20 && crypto.events("XAS").size() > 100);
    Simulators.post(server, "/control/stop");
    long sent = Simulators.stats(server).get("events_sent").asLong();
    await().until(() -> client.events().size() + crypto.events().size() == sent);
  }

  @AfterAll
  static void close() {
    client.close();
    server.close();
  }

  @Test
  void answersWithTheSecondsThatWereSent() {
    JsonNode answer = aggregates("AAPL/range/1/second/" + FROM + "/" + (FROM + 59_999) + "?");

    assertThat(answer.get("status").asText()).isEqualTo("OK");
    assertThat(answer.get("ticker").asText()).isEqualTo("AAPL");
    assertThat(answer.get("adjusted").asBoolean()).isTrue();
    assertSame("A", answer, sent("A", "AAPL", FROM, FROM + 59_999));
  }

  @Test
  void answersWithTheMinutesThatWereSent() {
    JsonNode answer = aggregates("NVDA/range/1/minute/" + FROM + "/" + (FROM + 119_999) + "?");

    assertSame("AM", answer, sent("AM", "NVDA", FROM, FROM + 119_999));
  }

  @Test
  void answersWithTheNewestFirstIfAsked() {
    List<Long> ascending =
        starts(aggregates("AAPL/range/1/second/" + FROM + "/" + (FROM + 9_999) + "?"));
    List<Long> descending =
        starts(aggregates("AAPL/range/1/second/" + FROM + "/" + (FROM + 9_999) + "?sort=desc"));

    assertThat(ascending).isSorted();
    assertThat(descending).containsExactlyInAnyOrderElementsOf(ascending);
    assertThat(descending.get(0)).isEqualTo(ascending.get(ascending.size() - 1));
  }

  @ParameterizedTest
  @CsvSource({"asc", "desc"})
  void givesAllPagesByTheirAddress(String sort) {
    String range = "AAPL/range/1/second/" + FROM + "/" + (FROM + 59_999);
    List<Long> all = starts(aggregates(range + "?sort=" + sort));
    List<Long> paged = new ArrayList<>();

    JsonNode page = aggregates(range + "?limit=7&sort=" + sort);
    paged.addAll(starts(page));
    while (page.has("next_url")) {
      assertThat(page.get("resultsCount").asInt()).isEqualTo(7);
      page = get(URI.create(page.get("next_url").asText() + "&apiKey=key"));
      paged.addAll(starts(page));
    }

    assertThat(paged).isEqualTo(all).hasSizeGreaterThan(7);
  }

  @Test
  void mergesWiderWindows() {
    List<JsonNode> seconds = sent("A", "AAPL", FROM, FROM + 9_999);

    JsonNode bar =
        aggregates("AAPL/range/10/second/" + FROM + "/" + FROM + "?").get("results").get(0);

    assertThat(bar.get("t").asLong()).isEqualTo(FROM);
    assertThat(bar.get("o")).isEqualTo(seconds.get(0).get("o"));
    assertThat(bar.get("c")).isEqualTo(seconds.get(seconds.size() - 1).get("c"));
    assertThat(bar.get("h").asDouble())
        .isEqualTo(seconds.stream().mapToDouble(s -> s.get("h").asDouble()).max().orElseThrow());
    assertThat(bar.get("v").asDouble())
        .isCloseTo(seconds.stream().mapToDouble(s -> s.get("dv").asDouble()).sum(), offset(1e-5));
  }

  @Test
  void takesDatesOfTheExchange() {
    JsonNode day = aggregates("AAPL/range/1/minute/2026-11-20/2026-11-20?");
    JsonNode next = aggregates("AAPL/range/1/minute/2026-11-21/2026-11-21?");

    assertSame("AM", day, sent("AM", "AAPL", 0, Long.MAX_VALUE));
    assertThat(next.get("resultsCount").asInt()).isZero();
  }

  @Test
  void knowsPairsByTheirTickers() {
    assertThat(
            aggregates("X:BTCUSD/range/1/second/" + FROM + "/" + (FROM + 9_999) + "?")
                .get("resultsCount")
                .asInt())
        .isPositive();
  }

  @Test
  void hasNoResultsForAnUnknownTicker() {
    JsonNode answer = aggregates("NOTHING/range/1/second/" + FROM + "/" + (FROM + 1) + "?");

    assertThat(answer.get("resultsCount").asInt()).isZero();
    assertThat(answer.has("results")).isFalse();
    assertThat(answer.get("status").asText()).isEqualTo("OK");
    assertThat(answer.has("next_url")).isFalse();
  }

  @Test
  void wantsAKnownKey() {
    String path = "/v2/aggs/ticker/AAPL/range/1/second/1/2";

    assertThat(Simulators.get(server, path).statusCode()).isEqualTo(401);
    assertThat(Simulators.get(server, path + "?apiKey=bad").statusCode()).isEqualTo(401);
    assertThat(Simulators.get(server, path + "?apiKey=socket").statusCode()).isEqualTo(403);
    assertThat(Simulators.get(server, path + "?apiKey=key").statusCode()).isEqualTo(200);
    assertThat(
            Simulators.send(
                    HttpRequest.newBuilder(Simulators.uri(server, path))
                        .header("Authorization", "Bearer key")
                        .build())
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "0/second/1/2, multiplier '0' is not a whole number from 1 to 10000",
    "1/day/1/2, 'timespan ''day'' is not one of second, minute'",
    "1/second/x/2, from 'x' is neither YYYY-MM-DD nor milliseconds",
    "1/second/2026-13-01/2, from '2026-13-01' is neither YYYY-MM-DD nor milliseconds",
    "1/second/2/1, to '1' is before from '2'",
    "1/second/1/2?limit=50001, limit '50001' is not a whole number from 1 to 50000",
    "1/second/1/2?sort=up, 'sort ''up'' is not one of asc, desc'",
    "1/second/1/2?cursor=%25, cursor '%' is none of this server's"
  })
  void namesWhatItCannotRead(String range, String message) {
    String path = "/v2/aggs/ticker/AAPL/range/" + range;
    String keyed = path + (path.contains("?") ? "&" : "?") + "apiKey=key";

    assertThat(Simulators.get(server, keyed).statusCode()).isEqualTo(400);
    assertThat(Simulators.json(Simulators.get(server, keyed)).get("error").asText())
        .isEqualTo(message);
  }

  @Test
  void reachesBackAsFarAsItIsTold() {
    try (SimulatorServer brief =
            Simulators.with()
                .history(Duration.ofSeconds(30))
                .lossless()
                .pace(Pace.UNBOUNDED)
                .start(START)
                .symbols(1)
                .open();
        TestClient seconds = TestClient.authenticated(brief.port(), "/stocks")) {
      seconds.send("subscribe", "A.*");
      seconds.awaitEvents("A", 100);
      Simulators.post(brief, "/control/stop");

      List<Long> starts =
          starts(
              Simulators.json(
                  Simulators.get(
                      brief,
                      "/v2/aggs/ticker/AAPL/range/1/second/0/9999999999999?limit=50000&apiKey=k")));

      assertThat(starts).hasSize(30).isSorted();
      assertThat(starts.get(29) - starts.get(0)).isEqualTo(29_000);
    }
  }

  @Test
  void sendsAwayWhoAsksTooOften() {
    try (SimulatorServer limited = Simulators.with().restLimit(2).open()) {
      String path = "/v2/aggs/ticker/AAPL/range/1/second/1/2?apiKey=";
      Simulators.get(limited, path + "one");
      Simulators.get(limited, path + "one");

      HttpResponse<String> refused = Simulators.get(limited, path + "one");

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
          .isBetween(1L, 60L);
      assertThat(Simulators.json(refused).get("error").asText()).contains("maximum requests");
      assertThat(Simulators.get(limited, path + "two").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void knowsTheHolidaysToCome() {
    JsonNode holidays =
        Simulators.json(Simulators.get(server, "/v1/marketstatus/upcoming?apiKey=key"));

    assertThat(holidays.get(0).toString())
        .isEqualTo(
            "{\"date\":\"2026-11-26\",\"exchange\":\"NYSE\",\"name\":\"Thanksgiving\","
                + "\"status\":\"closed\"}");
    assertThat(holidays.get(2).toString())
        .isEqualTo(
            "{\"date\":\"2026-11-27\",\"exchange\":\"NYSE\",\"name\":\"Thanksgiving\","
                + "\"open\":\"2026-11-27T14:30:00.000Z\",\"close\":\"2026-11-27T18:00:00.000Z\","
                + "\"status\":\"early-close\"}");
    assertThat(holidays).hasSize(2 * 12);
  }

  @Test
  void saysThatTheMarketIsOpen() {
    JsonNode status = Simulators.json(Simulators.get(server, "/v1/marketstatus/now?apiKey=key"));

    assertThat(status.get("market").asText()).isEqualTo("open");
    assertThat(status.get("serverTime").asText()).startsWith("2026-11-20T10:").endsWith("-05:00");
    assertThat(status.get("exchanges").get("nyse").asText()).isEqualTo("open");
  }

  private static JsonNode aggregates(String range) {
    return get(Simulators.uri(server, "/v2/aggs/ticker/" + range + "&apiKey=key"));
  }

  private static JsonNode get(URI uri) {
    return Simulators.json(Simulators.send(HttpRequest.newBuilder(uri).build()));
  }

  private static List<JsonNode> sent(String channel, String symbol, long from, long to) {
    return client.events(channel).stream()
        .filter(bar -> bar.get("sym").asText().equals(symbol))
        .filter(bar -> bar.get("s").asLong() >= from && bar.get("s").asLong() <= to)
        .toList();
  }

  private static List<Long> starts(JsonNode answer) {
    List<Long> starts = new ArrayList<>();
    answer.get("results").forEach(bar -> starts.add(bar.get("t").asLong()));
    return starts;
  }

  private static void assertSame(String channel, JsonNode answer, List<JsonNode> sent) {
    assertThat(sent).isNotEmpty();
    assertThat(answer.get("resultsCount").asInt()).isEqualTo(sent.size());
    for (int i = 0; i < sent.size(); i++) {
      JsonNode result = answer.get("results").get(i);
      JsonNode bar = sent.get(i);
      assertThat(result.get("t")).isEqualTo(bar.get("s"));
      assertThat(result.get("v").asDouble()).isEqualTo(bar.get("dv").asDouble());
      for (String field : List.of("o", "h", "l", "c", "vw")) {
        assertThat(result.get(field)).isEqualTo(bar.get(field));
      }
      assertThat(result.get("n").asInt()).isPositive();
      assertThat(made(result, channel)).isEqualTo(withoutTheDay(bar));
    }
  }

  /** The event that a client makes of a result by the rule of {@link AggregatesEndpoint}. */
  private static JsonNode made(JsonNode result, String channel) {
    BigDecimal volume = result.get("v").decimalValue();
    BigDecimal count = result.get("n").decimalValue();
    long start = result.get("t").asLong();
    ObjectNode event = MAPPER.createObjectNode();
    event.put("v", volume.setScale(0, RoundingMode.FLOOR).longValueExact());
    List.of("o", "h", "l", "c", "vw").forEach(name -> event.set(name, result.get(name)));
    event.put("z", volume.divide(count, 0, RoundingMode.FLOOR).longValueExact());
    event.put("s", start);
    event.put("e", start + (channel.equals("A") ? 1_000 : 60_000));
    event.put("dv", volume.stripTrailingZeros());
    return parsed(event);
  }

  private static JsonNode withoutTheDay(JsonNode bar) {
    ObjectNode event = bar.deepCopy();
    event.remove(List.of("ev", "sym", "av", "dav", "op", "a"));
    event.put("dv", new BigDecimal(event.get("dv").asText()).stripTrailingZeros());
    return parsed(event);
  }

  /** The event as it would be read, so that equal numbers are equal nodes. */
  private static JsonNode parsed(ObjectNode event) {
    try {
      return MAPPER.readTree(event.toString());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
