package org.marketanalytics.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.marketanalytics.aggregation.MemoryMinutes;
import org.marketanalytics.aggregation.MinuteStore;
import org.marketanalytics.aggregation.PartitionAggregation;
import org.marketanalytics.aggregation.PartitionMemory;
import org.marketanalytics.aggregation.Progress;

/**
 * The limit of the job: one thread that reads the raw topic, aggregates and writes, with its state
 * in memory and nothing to go on from after a crash.
 */
final class AggregationLoop {

  private static final String OUT = "limit.aggregated";
  private static final Duration POLL = Duration.ofMillis(100);

  private final String bootstrapServers;
  private final long records;
  private final int batch;

  /**
   * A loop.
   *
   * @param records on the raw topic
   * @param batch records after which the rows are written
   */
  AggregationLoop(String bootstrapServers, long records, int batch) {
    this.bootstrapServers = bootstrapServers;
    this.records = records;
    this.batch = batch;
  }

  static String out() {
    return OUT;
  }

  /** Events a second of the second half of the topic, as of the job. */
  double eventsPerSecond() {
    List<Lane> lanes = new ArrayList<>();
    long firstNanos = 0;
    long first = 0;
    long read = 0;
    long flushed = 0;
    try (RawProducer producer = new RawProducer(bootstrapServers);
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      TopicLog.partitions(TopicLog.RAW).forEach(partition -> lanes.add(new Lane(producer)));
      consumer.assign(TopicLog.partitions(TopicLog.RAW));
      while (flushed < records) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          lanes.get(record.partition()).accept(record);
          read++;
          if (read - flushed == batch || read == records) {
            lanes.forEach(Lane::flush);
            producer.flush();
            flushed = read;
            if (first == 0 && read >= records / 2) {
              first = read;
              firstNanos = System.nanoTime();
            }
          }
        }
      }
      return (flushed - first) * 1e9 / (System.nanoTime() - firstNanos);
    }
  }

  /** One partition. */
  private static final class Lane {
    private final PartitionMemory memory = new PartitionMemory();
    private final MinuteStore minutes = new MemoryMinutes();
    private final RawProducer producer;
    private Progress progress = Progress.START;
    private PartitionAggregation aggregation;

    Lane(RawProducer producer) {
      this.producer = producer;
      this.aggregation = next();
    }

    void accept(ConsumerRecord<byte[], byte[]> record) {
      aggregation.accept(
          Aggregation.record(
              record.offset(), record.timestamp(), record.headers(), record.value()));
    }

    void flush() {
      progress = aggregation.flush();
      aggregation = next();
    }

    private PartitionAggregation next() {
      return new PartitionAggregation(
          Aggregation.SETTINGS, memory, progress, minutes, Aggregation.to(this::send));
    }

    private void send(byte[] key, byte[] type, byte[] value) {
      ProducerRecord<byte[], byte[]> row = new ProducerRecord<>(OUT, key, value);
      row.headers().add(Aggregation.TYPE, type);
      producer.send(row);
    }
  }
}
