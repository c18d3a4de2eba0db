package org.marketanalytics.simulator.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.marketanalytics.simulator.market.Channel;

class TradesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant START = Instant.parse("2026-11-20T15:00:00Z");
  private static final long FROM = START.toEpochMilli();
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("c", "conditions"),
          Map.entry("x", "exchange"),
          Map.entry("i", "id"),
          Map.entry("p", "price"),
          Map.entry("q", "sequence_number"),
          Map.entry("s", "size"),
          Map.entry("ds", "decimal_size"),
          Map.entry("z", "tape"),
          Map.entry("trfi", "trf_id"));
  private static final Map<String, String> TIMES =
      Map.of("t", "sip_timestamp", "pt", "participant_timestamp", "trft", "trf_timestamp");

  private static SimulatorServer server;
  private static TestClient client;
  private static TestClient crypto;

  @BeforeAll
  static void runSomeSeconds() {
    server = Simulators.with().lossless().pace(Pace.UNBOUNDED).start(START).rate(2_000).open();
    client = TestClient.authenticated(server.port(), "/stocks").send("subscribe", "T.*");
    crypto = TestClient.authenticated(server.port(), "/crypto").send("subscribe", "XT.*");
    client.awaitEvents("T", 10_000);
    crypto.awaitEvents("XT", 2_000);
    Simulators.post(server, "/control/stop");
    long sent = Simulators.stats(server).get("events_sent").asLong();
    await().until(() -> client.events().size() + crypto.events().size() == sent);
  }

  @AfterAll
  static void close() {
    client.close();
    crypto.close();
    server.close();
  }

  @Test
  void answersWithTheTradesThatWereSent() {
    JsonNode answer = trades("AAPL?order=asc&limit=50000" + between(FROM, FROM + 2_000));

    List<JsonNode> expected = sent("AAPL", FROM, FROM + 2_000);
    assertThat(answer.get("status").asText()).isEqualTo("OK");
    assertThat(results(answer)).isEqualTo(expected).hasSizeGreaterThan(100);
    assertThat(expected)
        .anySatisfy(trade -> assertThat(trade.has("trf_timestamp")).isTrue())
        .anySatisfy(trade -> assertThat(trade.get("size").asLong()).isZero());
  }

  @Test
  void keepsTradesOfASymbolThatNobodySubscribedTo() {
    try (SimulatorServer other =
            Simulators.with().lossless().pace(Pace.UNBOUNDED).start(START).rate(2_000).open();
        TestClient seconds = TestClient.authenticated(other.port(), "/stocks")) {
      seconds.send("subscribe", "A.*");
      seconds.awaitEvents("A", 30);

      JsonNode answer =
          get(
              Simulators.uri(
                  other,
                  "/v3/trades/AAPL?apiKey=k&order=asc&limit=50000" + between(FROM, FROM + 2_000)));
      assertThat(results(answer)).isEqualTo(sent("AAPL", FROM, FROM + 2_000));
    }
  }

  @Test
  void answersWithTheNewestFirstIfNothingElseIsAsked() {
    List<JsonNode> expected = sent("AAPL", FROM, FROM + 1_000);
    Collections.reverse(expected);

    assertThat(results(trades("AAPL?limit=50000" + between(FROM, FROM + 1_000))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"asc", "desc"})
  void givesAllPagesByTheirAddress(String order) {
    String range = between(FROM, FROM + 3_000) + "&order=" + order;
    List<JsonNode> all = results(trades("AAPL?limit=50000" + range));
    List<JsonNode> paged = new ArrayList<>();

    JsonNode page = trades("AAPL?limit=37" + range);
    paged.addAll(results(page));
    while (page.has("next_url")) {
      assertThat(page.get("results")).hasSize(37);
      page = get(URI.create(page.get("next_url").asText() + "&apiKey=k"));
      paged.addAll(results(page));
    }

    assertThat(paged).isEqualTo(all).hasSizeGreaterThan(37);
  }

  @Test
  void keepsToEveryKindOfBound() {
    List<JsonNode> all = sent("AAPL", FROM, FROM + 5_000);
    long moment = all.get(all.size() / 2).get("sip_timestamp").asLong();

    assertThat(times("timestamp=" + moment)).containsOnly(moment).isNotEmpty();
    assertThat(times("timestamp.gte=" + moment)).contains(moment).allMatch(t -> t >= moment);
    assertThat(times("timestamp.gt=" + moment)).isNotEmpty().allMatch(t -> t > moment);
    assertThat(times("timestamp.lte=" + moment)).contains(moment).allMatch(t -> t <= moment);
    assertThat(times("timestamp.lt=" + moment)).isNotEmpty().allMatch(t -> t < moment);
    assertThat(times("timestamp=2026-11-20")).hasSizeGreaterThan(all.size() / 2);
    assertThat(times("timestamp=2026-11-21")).isEmpty();
    assertThat(times("timestamp.gt=2026-11-20")).isEmpty();
    assertThat(times("timestamp.gt=2026-11-19")).isNotEmpty();
    assertThat(times("timestamp.lte=2026-11-20")).isNotEmpty();
    assertThat(times("timestamp.lt=2026-11-20")).isEmpty();
  }

  @Test
  void knowsPairsByTheirTickers() {
    JsonNode trade = results(trades("X:BTCUSD?order=asc&limit=1")).get(0);
    JsonNode sent =
        crypto.events("XT").stream()
            .filter(event -> event.get("pair").asText().equals("BTC-USD"))
            .findFirst()
            .orElseThrow();

    assertThat(trade.get("participant_timestamp").asLong())
        .isEqualTo(sent.get("t").asLong() * 1_000_000);
    assertThat(trade.get("price")).isEqualTo(sent.get("p"));
    assertThat(trade.get("size")).isEqualTo(sent.get("s"));
    assertThat(trade.get("id").asText()).isEqualTo(sent.get("i").asText());
  }

  @Test
  void hasNoResultsForAnUnknownTicker() {
    JsonNode answer = trades("NOTHING?limit=1");

    assertThat(answer.get("results")).isEmpty();
    assertThat(answer.get("status").asText()).isEqualTo("OK");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=50001, limit '50001' is not a whole number from 1 to 50000",
    "order=up, 'order ''up'' is not one of asc, desc'",
    "sort=price, sort 'price' is not timestamp",
    "timestamp.gte=now, timestamp.gte 'now' is neither YYYY-MM-DD nor nanoseconds",
    "cursor=%25, cursor '%' is none of this server's"
  })
  void namesWhatItCannotRead(String query, String message) {
    JsonNode answer = trades("AAPL?" + query);

    assertThat(answer.get("error").asText()).isEqualTo(message);
  }

  @Test
  void forgetsTheOldestWhenItsMemoryIsFull() {
    TradeHistory history = new TradeHistory(1);
    EventBatch batch = new EventBatch(100);
    String trade = "{\"ev\":\"T\",\"sym\":\"S\",\"i\":\"" + "7".repeat(400) + "\"}";
    for (int i = 0; i < 10_000; i++) {
      batch.begin(Channel.T, 0, i).append(trade);
      batch.end();
      if (batch.isFull()) {
        history.keep(batch);
        batch.clear();
      }
    }

    List<TradeHistory.Kept> kept = history.find(0, 0, Long.MAX_VALUE);
    assertThat(kept).hasSizeBetween(1_500, 2_700);
    assertThat(kept.get(kept.size() - 1).nanos()).isEqualTo(9_999_000_000L);
    assertThat(new String(kept.get(0).json(), UTF_8)).isEqualTo(trade);
  }

  @Test
  void keepsWhatHasBeenReplayed(@TempDir Path folder) throws IOException {
    String first =
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"i\":\"143541\",\"x\":4,\"p\":297.845,\"s\":40,\"t\":1781622376036,"
            + "\"pt\":1781622376029,\"q\":4938312,\"z\":3,\"trfi\":202,\"trft\":1781622376036,\"ds\":\"40.0\"}";
    String second = first.replace("1781622376036,\"pt\"", "1781622399000,\"pt\"");
    Path file = Files.write(folder.resolve("trades.jsonl"), List.of(first, second));
    try (SimulatorServer replay = Simulators.with().replay(file).open();
        TestClient reader = TestClient.authenticated(replay.port(), "/stocks")) {
      reader.send("subscribe", "T.*");
      reader.awaitEvents("T", 1);

      List<JsonNode> results =
          results(get(Simulators.uri(replay, "/v3/trades/AAPL?apiKey=k&order=asc")));
      assertThat(results).containsExactly(named(MAPPER.readTree(first)));
    }
  }

  private static List<Long> times(String bound) {
    return results(trades("AAPL?limit=50000&order=asc&" + bound)).stream()
        .map(trade -> trade.get("sip_timestamp").asLong())
        .toList();
  }

  private static String between(long fromMillis, long toMillis) {
    return "&timestamp.gte=%d000000&timestamp.lt=%d000000".formatted(fromMillis, toMillis);
  }

  private static JsonNode trades(String query) {
    return get(Simulators.uri(server, "/v3/trades/" + query + "&apiKey=k"));
  }

  private static JsonNode get(URI uri) {
    return Simulators.json(Simulators.send(HttpRequest.newBuilder(uri).build()));
  }

  private static List<JsonNode> results(JsonNode answer) {
    List<JsonNode> results = new ArrayList<>();
    answer.get("results").forEach(results::add);
    return results;
  }

  /** The events of a symbol in [from, to) under the names of the REST interface. */
  private static List<JsonNode> sent(String symbol, long from, long to) {
    List<JsonNode> trades = new ArrayList<>();
    client.events("T").stream()
        .filter(trade -> trade.get("sym").asText().equals(symbol))
        .filter(trade -> trade.get("t").asLong() >= from && trade.get("t").asLong() < to)
        .sorted(Comparator.comparingLong(trade -> trade.get("t").asLong()))
        .map(TradesTest::named)
        .forEach(trades::add);
    return trades;
  }

  private static JsonNode named(JsonNode trade) {
    ObjectNode named = MAPPER.createObjectNode();
    NAMES.forEach(
        (from, to) -> {
          if (trade.has(from)) {
            named.set(to, trade.get(from));
          }
        });
    TIMES.forEach(
        (from, to) -> {
          if (trade.has(from)) {
            named.put(to, trade.get(from).asLong() * 1_000_000);
          }
        });
    return named;
  }
}
