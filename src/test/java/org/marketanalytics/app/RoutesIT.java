package org.marketanalytics.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.camel.polygon.PolygonConstants;
import org.marketanalytics.local.DatabaseProduct;

/** All routes of the project's folder in one context, on a real broker and a real database. */
class RoutesIT extends CamelMainTestSupport {
  private static final String EVENT =
      "{\"ev\":\"T\",\"sym\":\"AAPL\",\"t\":1788877020123,\"p\":181.52,\"s\":1}";
  private static final String BAR =
      "{\"symbol\":\"AAPL\",\"start\":1788877020000,\"end\":1788877080000,\"open\":\"181.52\",\"high\":\"181.6\","
          + "\"low\":\"181.4\",\"close\":\"181.55\",\"volume\":\"1200.25\",\"vwap\":\"181.5123\",\"trades\":34,"
          + "\"seconds\":12,\"revision\":1788877046310,\"final\":false}";

  private static Servers servers;
  private static int port;

  @BeforeAll
  static void startServers(@TempDir Path directory) throws Exception {
    servers = Servers.start(directory, DatabaseProduct.AUTO);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    // a first start makes topics and tables; any route will do
    servers.application(servers.configuration("file:routes/errors.camel.yaml")).close();
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  @Override
  protected Class<?> getMainClass() {
    return MarketAnalytics.class;
  }

  @Override
  public void configureContext(CamelContextConfiguration configuration) {
    super.configureContext(configuration);
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "camel.server.port", Integer.toString(port),
            "market.feed.api-key", "test",
            "market.kafka.brokers", servers.broker().bootstrapServers(),
            "market.database.url", servers.database().jdbcUrl(),
            "market.database.user", servers.database().writer().user(),
            "market.database.password", servers.database().writer().password(),
            "market.database.migration-password", servers.database().migration().password()));
    configuration.withUseOverridePropertiesWithPropertiesComponent(properties);
    // the feed is outside: frames are handed to its route by hand
    configuration.replaceRouteFromWith("ingest", "direct:feed");
  }

  @Test
  void everyRouteSaysWhatItIsFor() {
    assertThat(context.getRoutes())
        .extracting(Route::getRouteId)
        .contains("ingest", "raw", "heartbeat", "store", "dead-letter", "retention");
    assertThat(context.getRoutes()).allSatisfy(r -> assertThat(r.getDescription()).isNotBlank());
  }

  @Test
  void aFrameIsOneExchangeAndItsEventsAreRecords() {
    NotifyBuilder frame = new NotifyBuilder(context).fromRoute("ingest").whenCompleted(1).create();

    template.sendBodyAndHeader(
        "direct:feed",
        "[%s,{\"ev\":\"T\"},%s]".formatted(EVENT, EVENT).getBytes(UTF_8),
        PolygonConstants.RECEIVED,
        1788877020200L);

    assertThat(frame.matches(30, TimeUnit.SECONDS)).isTrue();
    String brokers = servers.broker().bootstrapServers();
    assertThat(Records.read(brokers, "market.raw", read -> events(read).size() >= 2))
        .filteredOn(record -> "AAPL".equals(record.key()))
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly(EVENT, EVENT);
    assertThat(Records.read(brokers, "market.dead-letter", read -> !read.isEmpty()))
        .extracting(record -> Records.header(record, "reason"))
        .containsExactly("missing-symbol");
  }

  @Test
  void aDeadLetterThatKafkaRefusesIsCountedAndLosesNoEvent() throws Exception {
    // such a topic takes no record without a key, and an event without a symbol has none
    letters("cleanup.policy", "compact");
    try {
      String last = EVENT.replace("AAPL", "MSFT");
      template.sendBodyAndHeader(
          "direct:feed",
          "[{\"ev\":\"T\"},%s]".formatted(last).getBytes(UTF_8),
          PolygonConstants.RECEIVED,
          1788877021000L);

      await("the lost letter")
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(get("/observe/metrics"))
                      .contains("market_dead_letters_lost_total 1.0")
                      .contains("market_events_lost_total 0.0"));
      assertThat(
              Records.read(
                  servers.broker().bootstrapServers(),
                  "market.raw",
                  read -> read.stream().anyMatch(r -> new String(r.value(), UTF_8).equals(last))))
          .isNotEmpty();
    } finally {
      letters("cleanup.policy", "delete");
    }
  }

  private static void letters(String key, String value) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "market.dead-letter");
    AlterConfigOp change = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", servers.broker().bootstrapServers()))) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
    }
  }

  @Test
  void anAggregatedRecordBecomesARowThatThePageServes() throws Exception {
    Map<String, Object> configuration =
        Map.of("bootstrap.servers", servers.broker().bootstrapServers());
    try (var producer =
        new KafkaProducer<>(configuration, new StringSerializer(), new StringSerializer())) {
      var record = new ProducerRecord<>("market.aggregated", "AAPL", BAR);
      record.headers().add("type", "bar".getBytes(UTF_8));
      producer.send(record).get();
    }

    await("the row")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(get("/api/bars?symbol=AAPL&from=1788877020000"))
                    .contains("181.52", "1200.25", "181.5123"));
  }

  private static String get(String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body();
  }

  private static List<ConsumerRecord<String, byte[]>> events(
      List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().filter(record -> record.key() != null).toList();
  }
}
