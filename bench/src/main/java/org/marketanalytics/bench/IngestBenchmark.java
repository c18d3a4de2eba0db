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
 * same records to the same broker. Simulator and application are held while the producer runs.
 */
final class IngestBenchmark implements Benchmark {

  private static final String COPY = "limit.raw";
  private static final int RECORDS = 100_000;
  private static final int MOVING = 10_000;
  private static final Duration PERIOD = Duration.ofMillis(50);

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String description() {
    return "socket to market.raw as fast as it goes, against a bare producer with the same records";
  }

  @Override
  public List<Result> run(Effort effort, Path folder) throws Exception {
    try (Broker broker = Broker.start(folder.resolve("broker"), 0);
        Database database = Database.start(folder.resolve("database"), 0);
        // as fast as the application takes it; the past, as the market's clock runs ahead
        Simulator simulator =
            Simulator.start(
                folder.resolve("simulator"),
                0,
                "--lossless",
                "--speed=max",
                "--clusters=stocks",
                "--symbols=500",
                "--rate=20000",
                "--history=60s",
                "--start=2026-01-05T14:30:00Z");
        Application application =
            Application.start(
                folder.resolve("application"), 0, List.of(), feed(broker, database, simulator));
        TopicLog topics = new TopicLog(broker.bootstrapServers());
        RawProducer producer = new RawProducer(broker.bootstrapServers())) {
      topics.create(COPY);
      long[] held = {simulator.pid(), application.pid()};
      Duration window = Duration.ofSeconds(effort.choose(4, 15));
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      return new Comparison(
              System.err, new Metric(name(), "events/s"), new Metric(name() + "-cpu", "us/event"))
          .ours(
              () -> {
                Pids.release(held);
                double[] figures = ours(topics, application, window);
                Pids.hold(held);
                return figures;
              })
          .limit(
              () -> {
                if (records.isEmpty()) {
                  records.addAll(copies(broker.bootstrapServers()));
                }
                return limit(producer, records, window);
              })
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

  private static double[] ours(TopicLog topics, Application application, Duration window)
      throws Exception {
    long before = topics.end(TopicLog.RAW);
    // after a pause the link may have to be made again
    Wait.until("events", PERIOD, () -> topics.end(TopicLog.RAW) > before + MOVING);
    double cpu = Pids.cpuSeconds(application.pid());
    long begun = System.nanoTime();
    long first = topics.end(TopicLog.RAW);
    Thread.sleep(window.toMillis());
    long events = topics.end(TopicLog.RAW) - first;
    return figures(events, begun, Pids.cpuSeconds(application.pid()) - cpu);
  }

  private static double[] limit(
      RawProducer producer, List<ProducerRecord<byte[], byte[]>> records, Duration window)
      throws Exception {
    double cpu = Pids.cpuSeconds(ProcessHandle.current().pid());
    long begun = System.nanoTime();
    long sent = 0;
    while (System.nanoTime() - begun < window.toNanos()) {
      records.forEach(producer::send);
      sent += records.size();
    }
    producer.flush();
    return figures(sent, begun, Pids.cpuSeconds(ProcessHandle.current().pid()) - cpu);
  }

  private static double[] figures(long events, long begunNanos, double cpuSeconds) {
    double seconds = (System.nanoTime() - begunNanos) / 1e9;
    return new double[] {events / seconds, cpuSeconds * 1e6 / events};
  }

  /** The same records, key, headers and time included, for another topic. */
  private static List<ProducerRecord<byte[], byte[]>> copies(String bootstrapServers) {
    List<ProducerRecord<byte[], byte[]>> copies = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(TopicLog.partitions(TopicLog.RAW));
      while (copies.size() < RECORDS) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
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
