package org.marketanalytics.app.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.app.Records;
import org.marketanalytics.app.Servers;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.DatabaseProduct;
import org.marketanalytics.local.Simulator;

/** A recorded file of good and bad events through the real feed protocol into a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IngestIT {
  private static final String AGGREGATE =
      "{\"ev\":\"A\",\"sym\":\"AAPL\",\"v\":12.5,\"s\":1788877020000,\"e\":1788877021000,\"o\":181.520}";
  private static final String TRADE =
      "{\"ev\":\"T\",\"sym\":\"BRK.A\",\"t\":1788877020123,\"p\":1.50,\"s\":0,\"ds\":\"0.25\"}";
  private static final String WITHOUT_SYMBOL = "{\"ev\":\"T\",\"sym\":\"\",\"t\":1788877020124}";
  private static final String NOT_A_NUMBER =
      "{\"ev\":\"T\",\"sym\":\"AAPL\",\"t\":1788877020125,\"p\":NaN}";
  private static final String FAR_AHEAD =
      "{\"ev\":\"T\",\"sym\":\"AAPL\",\"t\":4102444800000,\"p\":1}";
  private static final String LAST = "{\"ev\":\"T\",\"sym\":\"AAPL\",\"t\":1788877020126,\"p\":2}";

  private Servers servers;
  private Simulator feed;
  private Application application;
  private String brokers;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("recorded.jsonl");
    Files.write(
        file,
        List.of(
            AGGREGATE, TRADE, WITHOUT_SYMBOL, "[%s,%s]".formatted(NOT_A_NUMBER, LAST), FAR_AHEAD),
        UTF_8);
    servers = Servers.start(directory, DatabaseProduct.AUTO);
    brokers = servers.broker().bootstrapServers();
    feed =
        Simulator.start(
            directory.resolve("feed"), 0, "--replay", file.toString(), "--speed", "max");
    Map<String, String> environment =
        new HashMap<>(
            servers.configuration(
                "file:routes/ingest.camel.yaml,file:routes/heartbeat.camel.yaml,file:routes/errors.camel.yaml"));
    environment.put("MARKET_FEED_URL", feed.webSocketUrl("stocks"));
    environment.put("MARKET_FEED_ORIGIN", "replay");
    environment.put("MARKET_HEARTBEAT_PERIOD", "200ms");
    application = servers.application(environment);
  }

  @AfterAll
  void stop() {
    application.close();
    feed.close();
    servers.close();
  }

  @Test
  void everyEventIsARawRecordByteForByte() {
    Map<String, ConsumerRecord<String, byte[]>> records =
        Records.read(brokers, "market.raw", read -> events(read).size() >= 3).stream()
            .filter(record -> !"heartbeat".equals(Records.header(record, "ev")))
            .collect(Collectors.toMap(record -> new String(record.value(), UTF_8), r -> r));

    assertThat(records).containsOnlyKeys(AGGREGATE, TRADE, LAST);
    ConsumerRecord<String, byte[]> aggregate = records.get(AGGREGATE);
    assertThat(aggregate.key()).isEqualTo("AAPL");
    assertThat(aggregate.timestamp()).isEqualTo(1788877020000L);
    assertThat(Records.header(aggregate, "ev")).isEqualTo("A");
    assertThat(Records.header(aggregate, "origin")).isEqualTo("replay");
    assertThat(Long.parseLong(Records.header(aggregate, "received")))
        .isBetween(System.currentTimeMillis() - 600_000, System.currentTimeMillis());
    assertThat(aggregate.headers()).hasSize(3);
    ConsumerRecord<String, byte[]> trade = records.get(TRADE);
    assertThat(trade.key()).isEqualTo("BRK.A");
    assertThat(trade.timestamp()).isEqualTo(1788877020123L);
    assertThat(Records.header(trade, "ev")).isEqualTo("T");
  }

  @Test
  void everyBadEventIsADeadLetterWithItsReason() {
    Map<String, ConsumerRecord<String, byte[]>> letters =
        Records.read(brokers, "market.dead-letter", read -> read.size() >= 3).stream()
            .collect(Collectors.toMap(l -> Records.header(l, "reason"), l -> l));

    assertThat(letters).containsOnlyKeys("missing-symbol", "malformed-json", "in-the-future");
    assertThat(letters.get("missing-symbol").value()).isEqualTo(WITHOUT_SYMBOL.getBytes(UTF_8));
    assertThat(letters.get("malformed-json").value()).isEqualTo(NOT_A_NUMBER.getBytes(UTF_8));
    assertThat(letters.get("in-the-future").value()).isEqualTo(FAR_AHEAD.getBytes(UTF_8));
    assertThat(letters.get("in-the-future").key()).isEqualTo("AAPL");
    assertThat(letters.values())
        .allSatisfy(
            letter -> {
              assertThat(Records.header(letter, "error")).isNotBlank();
              assertThat(Records.header(letter, "source-topic")).isNull();
            });
  }

  @Test
  void everyPartitionIsToldTheTimeOfTheFeed() {
    List<ConsumerRecord<String, byte[]>> beats =
        Records.read(
                brokers,
                "market.raw",
                read -> read.size() - events(read).size() >= 16 + events(read).size())
            .stream()
            .filter(record -> "heartbeat".equals(Records.header(record, "ev")))
            .toList();

    assertThat(beats.stream().map(ConsumerRecord::partition).distinct())
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(beats)
        .allSatisfy(
            beat -> {
              assertThat(beat.key()).isNull();
              // the first one may come between two frames
              assertThat(beat.timestamp()).isBetween(1788877020000L, 1788877020126L + 600_000);
              // the feed falls silent after its last event, so nothing is complete past that
              assertThat(new String(beat.value(), UTF_8))
                  .matches(
                      "\\{\"ev\":\"heartbeat\",\"t\":%d(,\"complete\":17888770\\d{5})?}"
                          .formatted(beat.timestamp()));
              assertThat(Records.header(beat, "received")).isNotNull();
            });
  }

  @Test
  void whatWasIngestedAndRefusedIsCounted() {
    await("metrics")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(Servers.get(application, "/observe/metrics"))
                    .contains("market_events_ingested_total{ev=\"A\"} 1.0")
                    .contains("market_events_ingested_total{ev=\"T\"} 2.0")
                    .contains("market_dead_letters_total{reason=\"missing-symbol\"} 1.0")
                    .contains("market_events_lost_total 0.0")
                    .containsPattern("market_heartbeats_total [1-9]"));
  }

  private static List<ConsumerRecord<String, byte[]>> events(
      List<ConsumerRecord<String, byte[]>> records) {
    return records.stream()
        .filter(record -> !"heartbeat".equals(Records.header(record, "ev")))
        .toList();
  }
}
