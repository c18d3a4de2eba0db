package org.marketanalytics.app.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Database;
import org.marketanalytics.local.Job;
import org.marketanalytics.local.Simulator;

/**
 * A feed that sends anything, and strangers that write to the topics: what cannot be used is a dead
 * letter with its bytes, and everything beside it is stored as if it had not been there.
 */
class PoisonIT {

  private static final long START = Instant.parse("2026-03-02T14:30:00Z").toEpochMilli();
  private static final long SLIDE = 5_000;
  private static final long SECOND = 1_000;
  private static final List<String> SYMBOLS = List.of("AAPL", "MSFT", "BRK.B", "F");

  /** Trades in one frame, together 10 MB. */
  private static final int CROWD = 60_000;

  /** Longer dead letters are cut, to this length. */
  private static final int WHOLE = 512 * 1024;

  private static final int KEPT = 64 * 1024;

  @TempDir private Path directory;

  private final List<String> refused = new ArrayList<>();
  private final List<String> refusedByJob = new ArrayList<>();
  private final List<String> passedOn = new ArrayList<>();
  private final Set<String> unusable = new HashSet<>();
  private long next = START;

  @Test
  void whatCannotBeUsedIsADeadLetterAndAllElseIsStored() throws Exception {
    Path file = writeFrames();

    try (Broker broker = Broker.start(directory.resolve("broker"), 0);
        Database database = Database.start(directory.resolve("database"), 0);
        Simulator feed =
            Simulator.start(
                directory.resolve("feed"), 0, "--replay", file.toString(), "--speed", "max");
        Application application =
            Application.start(
                directory.resolve("application"), 0, configuration(broker, database, feed));
        Job job =
            Job.start(directory.resolve("job"), broker.bootstrapServers(), "--lateness", "30s")) {
      await("raw records")
          .atMost(Duration.ofSeconds(120))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() -> assertThat(raw(broker)).hasSize(passedOn.size() + CROWD));
      assertThat(raw(broker).stream().map(PoisonIT::value).filter(v -> !v.contains("crowd")))
          .containsExactlyInAnyOrderElementsOf(passedOn);

      String storedByStranger = writeAsStranger(broker);
      Oracle expected = oracle(raw(broker));
      List<String> bars = new ArrayList<>(expected.bars());
      bars.add(storedByStranger);
      await("rows")
          .atMost(Duration.ofSeconds(240))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> {
                assertThat(StoredRows.averages(database)).hasSameSizeAs(expected.averages(SLIDE));
                assertThat(StoredRows.bars(database))
                    .hasSameSizeAs(bars)
                    .allMatch(bar -> bar.endsWith(",1"));
              });
      assertThat(StoredRows.bars(database)).containsExactlyInAnyOrderElementsOf(bars);
      assertThat(StoredRows.averages(database)).containsExactlyElementsOf(expected.averages(SLIDE));

      assertThat(deadLetters(broker)).containsExactlyInAnyOrderElementsOf(refused);
      assertThat(get(application.page().resolve("/observe/health")).statusCode()).isEqualTo(200);
      assertThat(get(job.metrics().resolve("/health")).statusCode()).isEqualTo(200);
      assertThat(get(job.metrics()).body())
          .contains("market_job_late_events_total{symbol=\"MSFT\"} 1.0\n")
          .contains(countsByReason(refusedByJob));
    }
  }

  /** Writes the lines that the feed sends as frames, and notes what must become of them. */
  private Path writeFrames() throws IOException {
    Path file = directory.resolve("poison.jsonl");
    try (OutputStream out = Files.newOutputStream(file)) {
      SYMBOLS.forEach(symbol -> passedOn.add(good(symbol)));
      write(out, "[" + String.join(",", passedOn) + "]");
      for (Poison poison : Poison.elements(Instant.now())) {
        String before = good("AAPL");
        Poison element = poison.at(second());
        String after = good("F");
        write(out, "[" + before + "," + text(element) + "," + after + "]");
        passedOn.add(before);
        note(element);
        passedOn.add(after);
      }
      for (Poison frame : Poison.frames()) {
        write(out, text(frame));
        note(frame);
      }
      String before = good("BRK.B");
      write(out, "[" + before + "," + text(Poison.truncated()));
      passedOn.add(before);
      note(Poison.truncated());
      write(out, crowd());
      refused.add(letter("not-an-object", "null"));
      for (String symbol : SYMBOLS) {
        String last = good(symbol);
        write(out, last);
        passedOn.add(last);
      }
    }
    return file;
  }

  private void note(Poison poison) {
    String text = text(poison);
    if (poison.reachesTheJob()) {
      passedOn.add(text);
    }
    if (poison.isRefused()) {
      refused.add(letter(poison));
    }
    if (poison.isRefusedByTheJob()) {
      refusedByJob.add(poison.reason());
      unusable.add(text);
    }
  }

  /** Writes to both topics as their owners never would; returns the one row that is good. */
  private String writeAsStranger(Broker broker) throws Exception {
    next += 15 * SECOND; // the clock has gone on
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] garbage = {(byte) 0xff, 0};
      for (Poison record : Poison.records()) {
        Poison poison = record.at(next);
        producer
            .send(new ProducerRecord<>("market.raw", null, next, garbage, poison.bytes()))
            .get();
        note(poison);
      }
      for (Poison row : Poison.rows()) {
        producer.send(typed("bar", row.bytes())).get();
        note(row);
      }
      byte[] bar = Poison.rows().get(Poison.rows().size() - 1).bytes();
      for (String type : new String[] {"average", "rubbish", null}) {
        producer.send(typed(type, bar)).get();
        refused.add(letter("malformed-row", new String(bar, ISO_8859_1)));
      }
    }
    return "OWN3,1772461800000,1772461860000,1.000000,1.000000,1.000000,1.000000,1.000000,1.000000,1,1,1,1";
  }

  private static ProducerRecord<byte[], byte[]> typed(String type, byte[] value) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("market.aggregated", value);
    if (type != null) {
      record.headers().add("type", type.getBytes(UTF_8));
    }
    return record;
  }

  private String good(String symbol) {
    return Poison.good(symbol, second());
  }

  private long second() {
    long second = next;
    next += SECOND;
    return second;
  }

  /** One frame of 10 MB; its last element is none, so that the feed sends it as it stands. */
  private static String crowd() {
    String trade =
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"i\":\"crowd\",\"x\":4,\"p\":10,\"s\":1,\"t\":%d,\"z\":3,\"x\":\"%s\"},"
            .formatted(START, "-".repeat(90));
    return "[" + trade.repeat(CROWD) + "null]";
  }

  private static void write(OutputStream out, String line) throws IOException {
    out.write(line.getBytes(ISO_8859_1)); // a character for each byte
    out.write('\n');
  }

  private static Map<String, String> configuration(
      Broker broker, Database database, Simulator feed) {
    Map<String, String> configuration = new HashMap<>(Application.configuration(broker, database));
    configuration.put("MARKET_FEED_URL", feed.webSocketUrl("stocks"));
    configuration.put("MARKET_FEED_API_KEY", "any");
    configuration.put("MARKET_KAFKA_PARTITIONS", "2");
    return configuration;
  }

  private static List<ConsumerRecord<byte[], byte[]>> raw(Broker broker) {
    return RawTopic.read(broker.bootstrapServers(), "market.raw").stream()
        .filter(record -> !header(record, "ev").equals("heartbeat"))
        .toList();
  }

  private Oracle oracle(List<ConsumerRecord<byte[], byte[]>> raw) throws IOException {
    Oracle oracle = new Oracle();
    for (ConsumerRecord<byte[], byte[]> record : raw) {
      if (header(record, "ev").equals("A") && !unusable.contains(value(record))) {
        long received = Long.parseLong(header(record, "received"));
        oracle.add(new String(record.key(), UTF_8), Oracle.Second.of(record.value(), received));
      }
    }
    // without a header the record's own time stands in
    oracle.add("OWN1", Oracle.Second.of(Poison.good("OWN1", next).getBytes(UTF_8), next));
    oracle.add("OWN2", Oracle.Second.of(Poison.good("OWN2", next).getBytes(UTF_8), next));
    return oracle;
  }

  private static List<String> deadLetters(Broker broker) {
    return RawTopic.read(broker.bootstrapServers(), "market.dead-letter").stream()
        .map(record -> letter(header(record, "reason"), value(record)))
        .toList();
  }

  private static String letter(Poison poison) {
    byte[] bytes = poison.bytes();
    return letter(poison.reason(), bytes == null ? null : new String(bytes, ISO_8859_1));
  }

  /** A dead letter as a line; of a value that is cut, what is kept. */
  private static String letter(String reason, String bytes) {
    boolean cut = bytes != null && bytes.length() > WHOLE;
    return reason + " " + (cut ? bytes.substring(0, KEPT) : bytes);
  }

  private static List<String> countsByReason(List<String> reasons) {
    return reasons.stream()
        .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()))
        .entrySet()
        .stream()
        .map(
            e ->
                "market_job_dead_letters_total{reason=\"%s\"} %d.0\n"
                    .formatted(e.getKey(), e.getValue()))
        .toList();
  }

  private static String text(Poison poison) {
    return poison.bytes() == null ? null : new String(poison.bytes(), ISO_8859_1);
  }

  /** One character for each byte, so that nothing is lost where they are no text. */
  private static String value(ConsumerRecord<byte[], byte[]> record) {
    return record.value() == null ? null : new String(record.value(), ISO_8859_1);
  }

  /** A header's text; empty where there is none. */
  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return record.headers().lastHeader(name) == null ? "" : RawTopic.header(record, name);
  }

  private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}
