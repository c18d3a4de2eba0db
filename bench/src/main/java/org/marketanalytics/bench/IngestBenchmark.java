package org.marketanalytics.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Database;
import org.marketanalytics.local.Simulator;

/**
 * From the socket to the raw topic, the whole application; against a bare producer that sends the
 * same records to the same broker, and against the application with the naive route in place of its
 * own.
 */
final class IngestBenchmark implements Benchmark {

  private static final String COPY = "limit.raw";
  private static final String NAIVE = "naive.raw";
  private static final int RECORDS = 100_000;

  /** So long the application becomes faster. */
  private static final Duration WARM_UP = Duration.ofSeconds(15);

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String description() {
    return "socket to market.raw as fast as it goes, against a bare producer and the naive route";
  }

  @Override
  public List<Result> run(Effort effort, Path folder) throws Exception {
    try (Broker broker = Broker.start(folder.resolve("broker"), 0);
        Database database = Database.start(folder.resolve("database"), 0);
        FedApplication ours =
            FedApplication.start(folder.resolve("ours"), broker, database, TopicLog.RAW, Map.of());
        FedApplication naive =
            FedApplication.start(
                folder.resolve("naive"),
                broker,
                database,
                NAIVE,
                FedApplication.naive("ingest.camel.yaml"));
        TopicLog topics = new TopicLog(broker.bootstrapServers());
        RawProducer producer = new RawProducer(broker.bootstrapServers())) {
      topics.create(COPY);
      Duration window = Duration.ofSeconds(effort.choose(4, 15));
      ours.measure(topics, WARM_UP);
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      return new Comparison(
              System.err, new Metric(name(), "events/s"), new Metric(name() + "-cpu", "us/event"))
          .ours(() -> ours.measure(topics, window))
          .limit(
              () -> {
                if (records.isEmpty()) {
                  records.addAll(copies(broker.bootstrapServers(), topics.end(TopicLog.RAW)));
                }
                return limit(producer, records, window);
              })
          .peer(() -> naive.measure(topics, window))
          .run(effort.rounds());
    }
  }

  /** The variables of an application that takes events from the simulator. */
  static Map<String, String> feed(Broker broker, Database database, Simulator simulator) {
    Map<String, String> configuration = new HashMap<>(Application.configuration(broker, database));
    configuration.put("MARKET_FEED_URL", simulator.webSocketUrl("stocks"));
    configuration.put("POLYGON_API_KEY", "bench");
    return configuration;
  }

  private static double[] limit(
      RawProducer producer, List<ProducerRecord<byte[], byte[]>> records, Duration window)
      throws Exception {
    Stretch stretch = Stretch.begin(List.of(ProcessHandle.current().pid()));
    long sent = 0;
    while (System.nanoTime() - stretch.begunNanos() < window.toNanos()) {
      records.forEach(producer::send);
      sent += records.size();
    }
    producer.flush();
    return stretch.figures(sent);
  }

  /** The same records, key, headers and time included, for another topic. */
  private static List<ProducerRecord<byte[], byte[]>> copies(String bootstrapServers, long end) {
    List<ProducerRecord<byte[], byte[]>> copies = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(TopicLog.partitions(TopicLog.RAW));
      long read = 0;
      while (read < Math.min(RECORDS, end)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          read++;
          if (record.key() != null) {
            copies.add(
                new ProducerRecord<>(
                    COPY,
                    null,
                    record.timestamp(),
                    record.key(),
                    record.value(),
                    record.headers()));
          }
        }
      }
    }
    return copies;
  }
}
