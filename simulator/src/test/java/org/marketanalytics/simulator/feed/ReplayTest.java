package org.marketanalytics.simulator.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {
  private static final String SECOND =
      "{\"ev\":\"A\",\"sym\":\"FCX\",\"v\":4989,\"av\":4332125,\"op\":75.98,\"vw\":78.0894,\"o\":78.1,\"c\":78.08,"
          + "\"h\":78.125,\"l\":78.07,\"a\":76.8404,\"z\":62,\"s\":1788877043000,\"e\":1788877044000,"
          + "\"dv\":\"4989.0\",\"dav\":\"4332125.038360\"}";

  @TempDir private Path folder;

  @Test
  void sendsWhatIsSubscribedInTheOrderOfTheFile() throws IOException {
    List<String> trades = IntStream.range(0, 1_000).mapToObj(ReplayTest::trade).toList();
    Path file = Files.write(folder.resolve("trades.jsonl"), trades);

    try (SimulatorServer server = Simulators.with().replay(file).pace(Pace.UNBOUNDED).open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.S0,T.S1");

      client.awaitEvents("T", 200);
      assertThat(client.events())
          .extracting(trade -> trade.get("i").asInt())
          .containsExactlyElementsOf(
              IntStream.range(0, 1_000).filter(i -> i % 10 < 2).boxed().toList());
    }
  }

  @Test
  void keepsTheBytesOfEveryEvent() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("odd.jsonl"), "[ " + SECOND + " , " + trade(0) + "]\r\n\n" + trade(10));

    assertThat(replayed(file, "/stocks", "A.*,T.*", 3))
        .containsExactly("[" + SECOND + "," + trade(0) + "," + trade(10) + "]");
  }

  @Test
  void readsGzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write((SECOND + "\n" + trade(0) + "\n").getBytes(UTF_8));
    }
    Path file = Files.write(folder.resolve("recording.jsonl.gz"), bytes.toByteArray());

    assertThat(replayed(file, "/stocks", "A.*,T.*", 2))
        .containsExactly("[" + SECOND + "," + trade(0) + "]");
  }

  @Test
  void sendsWhatIsNoEventAsItIs() throws IOException {
    String cut = "{\"ev\":\"T\",\"sym\":\"S0\",";
    String noSymbol = "[{\"ev\":\"T\",\"p\":1}]";
    String big = "[{\"ev\":\"T\",\"sym\":\"S0\",\"i\":\"0\",\"z\":9223372036854775808,\"t\":1}]";
    Path file =
        Files.write(folder.resolve("bad.jsonl"), List.of(trade(0), cut, noSymbol, big, trade(10)));

    assertThat(replayed(file, "/stocks", "T.*", 3))
        .containsExactly(
            "[" + trade(0) + "]",
            cut,
            noSymbol,
            "[" + big.substring(1, big.length() - 1) + "," + trade(10) + "]");
  }

  @Test
  void servesCryptoAndForexFromTheSameFile() throws IOException {
    String crypto =
        "{\"ev\":\"XA\",\"pair\":\"BTC-USD\",\"v\":725.09209352,\"vw\":9114.502,\"z\":0.65,\"o\":9111.14,"
            + "\"c\":9134.3,\"h\":9134.7,\"l\":9106.5,\"s\":1594917720000,\"e\":1594917780000}";
    String forex =
        "{\"ev\":\"C\",\"p\":\"USD/CNH\",\"x\":\"44\",\"a\":6.83366,\"b\":6.83363,\"t\":1594917720000}";
    Path file = Files.write(folder.resolve("mixed.jsonl"), List.of(trade(0), crypto, forex));

    assertThat(replayed(file, "/crypto", "XA.BTC-USD", 1)).containsExactly("[" + crypto + "]");
    assertThat(replayed(file, "/forex", "C.USD/CNH", 1)).containsExactly("[" + forex + "]");
  }

  @Test
  void keepsTheDistancesOfTheTimesDividedByTheSpeed() throws IOException {
    Path file =
        Files.write(
            folder.resolve("slow.jsonl"), List.of(trade(0), tradeAt(20_000), tradeAt(40_000)));

    long began = System.nanoTime();
    try (SimulatorServer server = Simulators.with().replay(file).pace(new Pace(20)).open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "T.*");
      client.awaitEvents("T", 3);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(1_950), Duration.ofSeconds(8));
  }

  @Test
  void doesNotWaitForAWrongDate() throws IOException {
    Path file =
        Files.write(
            folder.resolve("future.jsonl"),
            List.of(trade(0), tradeAt(5_000_000_000_000L), trade(10), trade(20)));

    assertThat(replayed(file, "/stocks", "T.*", Pace.REAL_TIME, 4)).isNotEmpty();
  }

  @Test
  void waitsForItsFirstSubscriberAndStaysOpenAtItsEnd() throws Exception {
    Path file = Files.writeString(folder.resolve("one.jsonl"), trade(0));

    try (SimulatorServer server = Simulators.with().replay(file).open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      await().during(Duration.ofMillis(300)).until(() -> !server.ended().isDone());

      client.send("subscribe", "T.*");

      server.ended().get(10, TimeUnit.SECONDS);
      client.awaitEvents("T", 1);
      assertThat(client.isClosed()).isFalse();
      assertThat(Simulators.stats(server).get("ended").asBoolean()).isTrue();
    }
  }

  @Test
  void keepsItsAggregatesForTheRestInterface() throws Exception {
    Path file = Files.writeString(folder.resolve("second.jsonl"), SECOND);

    try (SimulatorServer server = Simulators.with().replay(file).open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "A.*");
      client.awaitEvents("A", 1);

      JsonNode bar =
          Simulators.json(
                  Simulators.get(
                      server,
                      "/v2/aggs/ticker/FCX/range/1/second/1788877043000/1788877043000?apiKey=k"))
              .get("results")
              .get(0);
      assertThat(bar.toString())
          .isEqualTo(
              "{\"v\":4989,\"vw\":78.0894,\"o\":78.1,\"c\":78.08,\"h\":78.125,\"l\":78.07,"
                  + "\"t\":1788877043000,\"n\":80}");
    }
  }

  @ParameterizedTest
  @CsvSource({"5,2", "11,1", "0.75,0", "3.5,0", "4989,62", "80,80"})
  void keepsACountOfTradesThatMakesTheSameAverageSizeAgain(String volume, int averageSize)
      throws Exception {
    String second =
        SECOND
            .replace("\"z\":62", "\"z\":" + averageSize)
            .replace("\"dv\":\"4989.0\"", "\"dv\":\"" + volume + "\"");
    Path file = Files.writeString(folder.resolve("second.jsonl"), second);

    try (SimulatorServer server = Simulators.with().replay(file).open();
        TestClient client = TestClient.authenticated(server.port(), "/stocks")) {
      client.send("subscribe", "A.*");
      client.awaitEvents("A", 1);

      JsonNode bar =
          Simulators.json(
                  Simulators.get(
                      server, "/v2/aggs/ticker/FCX/range/1/second/0/9999999999999?apiKey=k"))
              .get("results")
              .get(0);
      assertThat(bar.get("v").decimalValue()).isEqualByComparingTo(volume);
      assertThat((int) (bar.get("v").asDouble() / bar.get("n").asInt())).isEqualTo(averageSize);
    }
  }

  private static List<String> replayed(Path file, String path, String params, int events) {
    return replayed(file, path, params, Pace.UNBOUNDED, events);
  }

  /** The frames of a replay without the statuses. */
  private static List<String> replayed(
      Path file, String path, String params, Pace pace, int events) {
    try (SimulatorServer server = Simulators.with().replay(file).pace(pace).open();
        TestClient client = TestClient.authenticated(server.port(), path)) {
      client.send("subscribe", params);
      server.ended().orTimeout(20, TimeUnit.SECONDS).join();
      await()
          .until(() -> client.events().stream().filter(event -> event.has("ev")).count() >= events);
      return client.frames().stream().filter(frame -> !frame.contains("\"status\"")).toList();
    }
  }

  private static String trade(int number) {
    return "{\"ev\":\"T\",\"sym\":\"S%d\",\"i\":\"%d\",\"p\":1.5,\"t\":%d}"
        .formatted(number % 10, number, 1_788_877_043_000L + number);
  }

  private static String tradeAt(long millisLater) {
    return "{\"ev\":\"T\",\"sym\":\"S0\",\"i\":\"7\",\"p\":1.5,\"t\":%d}"
        .formatted(1_788_877_043_000L + millisLater);
  }
}
