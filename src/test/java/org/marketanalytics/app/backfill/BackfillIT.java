package org.marketanalytics.app.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.app.JournalledFeed;
import org.marketanalytics.app.Records;
import org.marketanalytics.app.Servers;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.DatabaseProduct;

/**
 * A market whose events do not all come: every second of every symbol is on the topic in the end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackfillIT {
  private static final String KEY = "k3y-that-must-not-be-seen";
  private static final String FILLED = "market_gaps_filled_total 1.0";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final AtomicInteger topics = new AtomicInteger();
  private Path directory;
  private Servers servers;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    servers = Servers.start(temporary, DatabaseProduct.AUTO);
  }

  @AfterAll
  void stop() {
    servers.close();
  }

  @Test
  void whatWasSentWhileTheLinkWasDownIsFetched() throws Exception {
    try (JournalledFeed feed = feed("link")) {
      Map<String, String> environment = environment(feed);
      try (Application application = servers.application(environment)) {
        awaitEvents(environment, 400);
        final long down = dropFor(feed, 10);
        awaitMetric(application, FILLED);
        assertNothingIsHeldBack(environment);

        assertComplete(feed, environment);
        assertHeldBackFrom(down, down + 9_000, environment);
        assertThat(Servers.get(application, "/observe/metrics"))
            .contains("market_gaps_open 0.0")
            .containsPattern("market_backfill_events_total [1-9]")
            .containsPattern("market_backfill_requests_total\\{outcome=\"ok\"\\} [1-9]");
      }
      assertThat(Files.readString(directory.resolve("application/application.log")))
          .contains("gap filled from=")
          .doesNotContain(KEY);
    }
  }

  @Test
  void whatWasSentWhileTheApplicationWasAwayIsFetched() throws Exception {
    try (JournalledFeed feed = feed("away")) {
      Map<String, String> environment = environment(feed);
      long down;
      try (Application application = servers.application(environment)) {
        awaitEvents(environment, 400);
        down = System.currentTimeMillis();
        application.kill();
      }
      await("time passes")
          .pollDelay(20, TimeUnit.SECONDS)
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> true);
      long up = System.currentTimeMillis();
      try (Application application = servers.application(environment)) {
        awaitMetric(application, FILLED);
        assertNothingIsHeldBack(environment);

        assertComplete(feed, environment);
        assertHeldBackFrom(down, up, environment);
      }
    }
  }

  @Test
  void whatWasSentIntoALinkThatIsHalfOpenIsFetchedAndNothingIsFinalMeanwhile() throws Exception {
    try (JournalledFeed feed = feed("half-open")) {
      Map<String, String> environment = environment(feed);
      environment.put("CAMEL_COMPONENT_POLYGON_PING_INTERVAL", "4000");
      environment.put("CAMEL_COMPONENT_POLYGON_PONG_TIMEOUT", "4000");
      try (Application application = servers.application(environment)) {
        awaitEvents(environment, 400);
        long down = System.currentTimeMillis();
        feed.play("{\"fault\":\"drop\",\"how\":\"half_open\"}");
        awaitMetric(application, FILLED);

        assertComplete(feed, environment);
        List<JsonNode> silent =
            raw(environment).stream()
                .filter(record -> record.key() == null)
                .filter(record -> received(record) > down + 4_000)
                .filter(record -> received(record) < down + 8_000)
                .map(BackfillIT::json)
                .toList();
        assertThat(silent).as("heartbeats before the link was given up").hasSizeGreaterThan(20);
        assertThat(silent)
            .allSatisfy(
                beat -> {
                  assertThat(beat.get("t").asLong()).isGreaterThan(down + 2_000);
                  assertThat(beat.path("complete").asLong(Long.MAX_VALUE)).isLessThan(down + 1_000);
                });
      }
    }
  }

  @Test
  void aRestInterfaceThatRefusesFailsAndResetsIsAskedAgain() throws Exception {
    try (JournalledFeed feed = feed("rest")) {
      Map<String, String> environment = environment(feed);
      try (Application application = servers.application(environment)) {
        awaitEvents(environment, 400);
        feed.play("{\"fault\":\"rest\",\"answer\":\"429\",\"count\":3,\"retry_after\":2}");
        feed.play("{\"fault\":\"rest\",\"answer\":\"500\",\"count\":3}");
        feed.play("{\"fault\":\"rest\",\"answer\":\"reset\",\"count\":2}");
        dropFor(feed, 3);
        awaitMetric(application, FILLED);

        assertComplete(feed, environment);
        assertThat(Servers.get(application, "/observe/metrics"))
            .contains("market_backfill_requests_total{outcome=\"limited\"} 3.0")
            .contains("market_backfill_requests_total{outcome=\"failed\"} 5.0");
      }
    }
  }

  @Test
  void aGapThatCannotBeFilledIsGivenUpAndHoldsNothingBackAnyMore() throws Exception {
    try (JournalledFeed feed = feed("refused", "--no-rest-key", KEY)) {
      Map<String, String> environment = environment(feed);
      environment.put("MARKET_BACKFILL_GIVE_UP", "8s");
      try (Application application = servers.application(environment)) {
        awaitEvents(environment, 400);
        dropFor(feed, 1);
        await("health tells why")
            .atMost(Duration.ofSeconds(60))
            .until(() -> Servers.get(application, "/observe/health"), h -> h.contains("HTTP 403"));
        assertThat(Servers.get(application, "/observe/health")).doesNotContain("DOWN");

        awaitMetric(application, "market_gaps_given_up_total 1.0");
        assertNothingIsHeldBack(environment);
      }
      assertThat(Files.readString(directory.resolve("application/application.log")))
          .contains("gap given up")
          .doesNotContain(KEY);
    }
  }

  private JournalledFeed feed(String name, String... options) throws Exception {
    String[] all = {"--clusters", "stocks", "--symbols", "6", "--rate", "120"};
    String[] line = Arrays.copyOf(all, all.length + options.length);
    System.arraycopy(options, 0, line, all.length, options.length);
    return JournalledFeed.start(directory.resolve(name), line);
  }

  /** Each test has a topic of its own. */
  private Map<String, String> environment(JournalledFeed feed) {
    Map<String, String> environment =
        new HashMap<>(
            servers.configuration(
                "file:routes/ingest.camel.yaml,file:routes/heartbeat.camel.yaml,file:routes/errors.camel.yaml,"
                    + "file:routes/backfill.camel.yaml"));
    environment.put("MARKET_KAFKA_RAW_TOPIC", "raw-" + topics.incrementAndGet());
    environment.put("MARKET_FEED_URL", feed.simulator().webSocketUrl("stocks"));
    environment.put("POLYGON_API_KEY", KEY);
    environment.put("MARKET_HEARTBEAT_PERIOD", "200ms");
    environment.put("MARKET_BACKFILL_DELAY", "2s");
    environment.put("MARKET_BACKFILL_OVERLAP", "3s");
    return environment;
  }

  /** Cuts the link, and lets none come back for so many seconds; returns when that was. */
  private static long dropFor(JournalledFeed feed, int seconds) throws Exception {
    feed.play("{\"fault\":\"refuse\",\"how\":\"handshake\",\"for\":%d}".formatted(seconds));
    feed.play("{\"fault\":\"drop\",\"how\":\"abort\"}");
    return System.currentTimeMillis();
  }

  private void awaitEvents(Map<String, String> environment, int count) {
    Records.read(
        servers.broker().bootstrapServers(),
        environment.get("MARKET_KAFKA_RAW_TOPIC"),
        read -> read.stream().filter(record -> record.key() != null).count() >= count);
  }

  private static void awaitMetric(Application application, String line) {
    await(line)
        .atMost(Duration.ofSeconds(90))
        .until(() -> Servers.get(application, "/observe/metrics"), text -> text.contains(line));
  }

  private List<ConsumerRecord<String, byte[]>> raw(Map<String, String> environment) {
    return Records.readAll(
        servers.broker().bootstrapServers(), environment.get("MARKET_KAFKA_RAW_TOPIC"));
  }

  /** Every second that the market made is on the topic, with the numbers of the live event. */
  private void assertComplete(JournalledFeed feed, Map<String, String> environment)
      throws Exception {
    Map<String, String> made = new TreeMap<>();
    for (String event : feed.stop()) {
      putSecond(event.getBytes(UTF_8), made);
    }
    await("every second")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              Map<String, String> there = new TreeMap<>();
              for (ConsumerRecord<String, byte[]> record : raw(environment)) {
                putSecond(record.value(), there);
              }
              there.keySet().retainAll(made.keySet());
              assertThat(there).containsExactlyEntriesOf(made);
            });
  }

  private static void putSecond(byte[] json, Map<String, String> seconds) throws IOException {
    JsonNode event = JSON.readTree(json);
    if (event.get("ev").asText().equals("A")) {
      StringBuilder numbers = new StringBuilder();
      for (String field : List.of("v", "dv", "vw", "z", "o", "h", "l", "c", "e")) {
        BigDecimal number = new BigDecimal(event.get(field).asText()).stripTrailingZeros();
        numbers.append(field).append('=').append(number.toPlainString()).append(' ');
      }
      seconds.put(event.get("sym").asText() + " " + event.get("s").asText(), numbers.toString());
    }
  }

  /**
   * In each partition the last heartbeat before the first live event of the new connection says
   * that the topic is complete up to the interruption.
   */
  private void assertHeldBackFrom(long downMillis, long upMillis, Map<String, String> environment) {
    Map<Integer, List<ConsumerRecord<String, byte[]>>> partitions =
        raw(environment).stream().collect(groupingBy(ConsumerRecord::partition));
    int held = 0;
    for (List<ConsumerRecord<String, byte[]>> records : partitions.values()) {
      long complete = -1;
      for (ConsumerRecord<String, byte[]> record : records) {
        if (record.key() == null) {
          complete = complete(record);
        } else if ("live".equals(Records.header(record, "origin")) && received(record) > upMillis) {
          assertThat(complete).isBetween(downMillis - 20_000, downMillis);
          held++;
          break;
        }
      }
    }
    assertThat(held).as("partitions with live events afterwards").isPositive();
  }

  private void assertNothingIsHeldBack(Map<String, String> environment) {
    await("heartbeats without complete")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              Map<Integer, Long> last = new HashMap<>();
              raw(environment).stream()
                  .filter(record -> record.key() == null)
                  .forEach(beat -> last.put(beat.partition(), complete(beat)));
              assertThat(last)
                  .hasSize(8)
                  .allSatisfy((p, complete) -> assertThat(complete).isEqualTo(-1));
            });
  }

  private static long complete(ConsumerRecord<String, byte[]> beat) {
    return json(beat).path("complete").asLong(-1);
  }

  private static long received(ConsumerRecord<String, byte[]> record) {
    return Long.parseLong(Records.header(record, "received"));
  }

  private static JsonNode json(ConsumerRecord<String, byte[]> record) {
    try {
      return JSON.readTree(record.value());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
