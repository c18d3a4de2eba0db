package org.marketanalytics.simulator.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.marketanalytics.simulator.faults.BadStep;
import org.marketanalytics.simulator.faults.FaultScript;
import org.marketanalytics.simulator.faults.FaultStep;
import org.marketanalytics.simulator.market.Cluster;
import org.marketanalytics.simulator.market.MarketSettings;

/** Simulators in this process, on free ports. */
final class Simulators {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Set<String> keys = Set.of();
  private Set<String> withoutAccess = Set.of();
  private Set<String> withoutRest = Set.of();
  private RestLimit restLimit = RestLimit.NONE;
  private Duration history = Duration.ofHours(1);
  private List<FaultStep> faults = List.of();
  private Optional<Path> journal = Optional.empty();
  private int maxConnections;
  private Duration authenticationLimit = Duration.ofSeconds(30);
  private long sendBufferBytes = 64 << 20;
  private boolean lossless;
  private Pace pace = Pace.REAL_TIME;
  private int rate = 1_000;
  private int symbols = 10;
  private int frameEvents = 100;
  private Optional<Instant> start = Optional.empty();
  private Optional<Path> replay = Optional.empty();

  static Simulators with() {
    return new Simulators();
  }

  Simulators key(String key) {
    keys = Set.of(key);
    return this;
  }

  Simulators keyWithoutAccess(String key) {
    withoutAccess = Set.of(key);
    return this;
  }

  Simulators keyWithoutRest(String key) {
    withoutRest = Set.of(key);
    return this;
  }

  Simulators restLimit(int requestsAMinute) {
    restLimit = new RestLimit(requestsAMinute, Duration.ofMinutes(1));
    return this;
  }

  /** A script of faults; single quotes stand for double ones. */
  Simulators faults(String script) {
    try {
      faults = FaultScript.parse(script.replace('\'', '"').getBytes(UTF_8));
    } catch (BadStep e) {
      throw new IllegalArgumentException(e);
    }
    return this;
  }

  Simulators journal(Path file) {
    journal = Optional.of(file);
    return this;
  }

  Simulators history(Duration length) {
    history = length;
    return this;
  }

  Simulators maxConnections(int connections) {
    maxConnections = connections;
    return this;
  }

  Simulators authenticationLimit(Duration limit) {
    authenticationLimit = limit;
    return this;
  }

  Simulators sendBufferBytes(long bytes) {
    sendBufferBytes = bytes;
    return this;
  }

  Simulators lossless() {
    lossless = true;
    return this;
  }

  Simulators pace(Pace wanted) {
    pace = wanted;
    return this;
  }

  Simulators rate(int eventsPerSecond) {
    rate = eventsPerSecond;
    return this;
  }

  Simulators symbols(int count) {
    symbols = count;
    return this;
  }

  Simulators frameEvents(int most) {
    frameEvents = most;
    return this;
  }

  Simulators start(Instant moment) {
    start = Optional.of(moment);
    return this;
  }

  Simulators replay(Path file) {
    replay = Optional.of(file);
    return this;
  }

  SimulatorServer open() {
    List<MarketSettings> markets =
        replay.isPresent()
            ? List.of()
            : List.of(Cluster.STOCKS, Cluster.CRYPTO, Cluster.FOREX).stream()
                .map(this::market)
                .toList();
    try {
      return SimulatorServer.start(
          new ServerSettings(
              InetAddress.getLoopbackAddress(),
              0,
              keys,
              withoutAccess,
              withoutRest,
              restLimit,
              maxConnections,
              authenticationLimit,
              sendBufferBytes,
              lossless || replay.isPresent(),
              new FrameRules(frameEvents, Duration.ofMillis(5)),
              pace,
              markets,
              replay,
              history,
              faults,
              journal));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (BadStep e) {
      throw new IllegalArgumentException(e);
    }
  }

  private MarketSettings market(Cluster cluster) {
    return new MarketSettings(cluster, 42, symbols, rate, 0, false, start, Duration.ofMillis(20));
  }

  /** What {@code /control/stats} answers. */
  static JsonNode stats(SimulatorServer server) {
    return json(get(server, "/control/stats"));
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return MAPPER.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }

  static HttpResponse<String> get(SimulatorServer server, String path) {
    return send(HttpRequest.newBuilder(uri(server, path)).build());
  }

  static HttpResponse<String> post(SimulatorServer server, String path) {
    return send(
        HttpRequest.newBuilder(uri(server, path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  /** Plays a step; single quotes stand for double ones. */
  static HttpResponse<String> play(SimulatorServer server, String step) {
    return send(
        HttpRequest.newBuilder(uri(server, "/control/faults"))
            .POST(HttpRequest.BodyPublishers.ofString(step.replace('\'', '"')))
            .build());
  }

  static URI uri(SimulatorServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  static HttpResponse<String> send(HttpRequest request) {
    return HttpClient.newHttpClient()
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .join();
  }
}
