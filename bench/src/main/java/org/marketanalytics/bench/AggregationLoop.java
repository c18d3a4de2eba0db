package org.marketanalytics.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.marketanalytics.aggregation.MemoryMinutes;
import org.marketanalytics.aggregation.MinuteStore;
import org.marketanalytics.aggregation.PartitionAggregation;
import org.marketanalytics.aggregation.PartitionMemory;
import org.marketanalytics.aggregation.Progress;

/**
 * The limit of the job: one thread that reads the raw topic, aggregates and writes, with its state
 * in memory and nothing to go on from after a crash. A batch has the same part of each partition,
 * as the job's has.
 */
final class AggregationLoop {

  private static final String OUT = "limit.aggregated";
  private static final Duration POLL = Duration.ofMillis(100);

  /** Records of a partition that wait for the others at most, but for one poll. */
  private static final int MOST_AHEAD = 5_000;

  private final String bootstrapServers;
  private final long before;
  private final long records;
  private final int batch;
  private long rows;

  /**
   * A loop.
   *
   * @param before records that are not counted
   * @param records to read of the raw topic, those included
   * @param batch records after which the rows are written
   */
  AggregationLoop(String bootstrapServers, long before, long records, int batch) {
    this.bootstrapServers = bootstrapServers;
    this.before = before;
    this.records = records;
    this.batch = batch;
  }

  static String out() {
    return OUT;
  }

  /** Events a second, and rows for an event. */
  double[] figures() {
    try (RawProducer producer = new RawProducer(bootstrapServers);
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      consumer.assign(TopicLog.partitions(TopicLog.RAW));
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      long written = ends.values().stream().mapToLong(Long::longValue).sum();
      Map<TopicPartition, Lane> lanes = new LinkedHashMap<>();
      ends.keySet().forEach(partition -> lanes.put(partition, new Lane(producer)));
      long firstNanos = 0;
      long first = 0;
      long rowsBefore = 0;
      long read = 0;
      while (read < records) {
        long next = Math.min(read + batch, records);
        for (Map.Entry<TopicPartition, Lane> entry : lanes.entrySet()) {
          Lane lane = entry.getValue();
          long until = ends.get(entry.getKey()) * next / written;
          while (lane.taken < until) {
            if (lane.ahead.isEmpty()) {
              fill(consumer, lanes);
            } else {
              lane.accept(lane.ahead.remove());
            }
          }
        }
        lanes.values().forEach(Lane::flush);
        producer.flush();
        read = next;
        if (first == 0 && read >= before) {
          first = read;
          rowsBefore = rows;
          firstNanos = System.nanoTime();
        }
      }
      double counted = read - first;
      return new double[] {
        counted * 1e9 / (System.nanoTime() - firstNanos), (rows - rowsBefore) / counted
      };
    }
  }

  private static void fill(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Lane> lanes) {
    List<TopicPartition> ahead =
        lanes.entrySet().stream()
            .filter(entry -> entry.getValue().ahead.size() >= MOST_AHEAD)
            .map(Map.Entry::getKey)
            .toList();
    consumer.resume(lanes.keySet());
    consumer.pause(ahead);
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    records.partitions().forEach(of -> lanes.get(of).ahead.addAll(records.records(of)));
  }

  /** One partition. */
  private final class Lane {
    private final PartitionMemory memory = new PartitionMemory();
    private final MinuteStore minutes = new MemoryMinutes();
    private final RawProducer producer;
    private Progress progress = Progress.START;
    private final Deque<ConsumerRecord<byte[], byte[]>> ahead = new ArrayDeque<>();
    private PartitionAggregation aggregation;
    private long taken;

    Lane(RawProducer producer) {
      this.producer = producer;
      this.aggregation = next();
    }

    void accept(ConsumerRecord<byte[], byte[]> record) {
      taken++;
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
      rows++;
    }
  }
}
