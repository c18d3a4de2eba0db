package org.marketanalytics.spark;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.marketanalytics.aggregation.LogRecord;

/**
 * What of the raw topic there is to read: offsets, and the time from which on nothing is missing.
 */
final class RawLog implements AutoCloseable {
  /** How far a partition is looked through for its first heartbeat; there is one every second. */
  private static final int FIRST_RECORDS = 20_000;

  private static final byte[] HEARTBEAT = "heartbeat".getBytes(StandardCharsets.UTF_8);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final Duration patience;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> begins;
  private final Map<TopicPartition, Long> ends;

  /**
   * Asks the brokers for the topic's present bounds.
   *
   * @throws StartException when they do not answer in time, or have no such topic
   */
  static RawLog open(Map<String, String> kafka, String topic, Duration timeout) {
    Properties properties = new Properties();
    properties.putAll(kafka);
    String millis = Long.toString(timeout.toMillis());
    properties.put("request.timeout.ms", millis);
    properties.put("default.api.timeout.ms", millis);
    properties.put("enable.auto.commit", "false");
    properties.put("allow.auto.create.topics", "false");
    try {
      return new RawLog(
          new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
          topic,
          timeout);
    } catch (KafkaException e) {
      throw new StartException(
          "--bootstrap-servers=%s: the brokers do not answer as they should: %s"
              .formatted(kafka.get("bootstrap.servers"), e.getMessage()),
          e);
    }
  }

  /**
   * Takes the consumer over, and closes it.
   *
   * @param patience how long a partition may give no record that it has
   */
  RawLog(Consumer<byte[], byte[]> consumer, String topic, Duration patience) {
    this.consumer = consumer;
    this.patience = patience;
    this.topic = topic;
    try {
      this.partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      this.begins = consumer.beginningOffsets(partitions);
      this.ends = consumer.endOffsets(partitions);
    } catch (KafkaException e) {
      consumer.close();
      throw e;
    }
    if (partitions.isEmpty()) {
      consumer.close();
      throw new StartException(
          "--raw-topic=%s: the brokers have no such topic".formatted(topic), null);
    }
  }

  /**
   * The time from which on every row can be computed: {@link Instant#EPOCH} when the log is whole.
   *
   * <p>Where retention cut a partition, no lost event was later than the first heartbeat that is
   * left, as a heartbeat tells the greatest event time so far (of its origin), nor than the receipt
   * of the first record that tells it by more than the lateness. So no second from then on is lost,
   * and none was late for a clock that is no longer known. A minute more, and the windows of
   * averages hold none of the lost seconds either.
   *
   * @throws StartException when a partition was cut and holds nothing any more that tells a time,
   *     or is not given in time
   */
  Instant earliest(Duration lateness) {
    List<TopicPartition> cut = partitions.stream().filter(p -> begins.get(p) > 0).toList();
    if (cut.isEmpty()) {
      return Instant.EPOCH;
    }
    long known = Long.MIN_VALUE;
    for (TopicPartition partition : cut) {
      known = Math.max(known, knownAt(partition));
    }
    return Instant.ofEpochMilli(
        ceilMinute(known + lateness.toMillis() + Duration.ofSeconds(61).toMillis()));
  }

  /** Least bound of the events that stood before what is left of a partition. */
  private long knownAt(TopicPartition partition) {
    long begin = begins.get(partition);
    long last = Math.min(ends.get(partition), begin + FIRST_RECORDS) - 1;
    if (last < begin) {
      throw new StartException(
          "partition %s holds no record any more, so that its rows cannot be computed"
              .formatted(partition),
          null);
    }
    consumer.assign(List.of(partition));
    consumer.seek(partition, begin);
    long first = LogRecord.UNKNOWN;
    long position = begin;
    long reachedNanos = System.nanoTime();
    while (position <= last) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
        Header[] headers = record.headers().toArray();
        long received = Packing.millis(Packing.first(headers, "received"));
        if (received < 0) {
          continue; // moves no clock
        }
        first = first < 0 ? received : first;
        if (Arrays.equals(Packing.first(headers, "ev"), HEARTBEAT)) {
          return Math.min(first, record.timestamp());
        }
      }
      if (consumer.position(partition) > position) {
        position = consumer.position(partition);
        reachedNanos = System.nanoTime();
      } else if (System.nanoTime() - reachedNanos > patience.toNanos()) {
        throw new StartException(
            "the brokers gave no record of %s from offset %d on within %d s"
                .formatted(partition, position, patience.toSeconds()),
            null);
      }
    }
    if (first < 0) {
      throw new StartException(
          "none of the first records of %s tells when it was received, so that its rows cannot be computed"
              .formatted(partition),
          null);
    }
    return first;
  }

  /**
   * First offset to read of each partition for rows from here on: all records before it are of
   * events that are older than the lateness and two minutes. They are no part of a row, and no
   * clock that they moved makes a part of one late.
   *
   * @param from start of the rows; {@link Instant#EPOCH} for all of the log
   */
  Map<Integer, Long> starts(Instant from, Duration lateness) {
    long reach = from.toEpochMilli() - lateness.toMillis() - Duration.ofMinutes(2).toMillis();
    if (reach <= 0) {
      return byNumber(begins);
    }
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, reach));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp start = found.get(partition);
      long end = ends.get(partition);
      starts.put(partition, start == null ? end : Math.min(end, start.offset()));
    }
    return byNumber(starts);
  }

  /** Offset behind the last record of each partition, as it was when this was made. */
  Map<Integer, Long> ends() {
    return byNumber(ends);
  }

  /** Offsets as Spark's source takes them. */
  String json(Map<Integer, Long> offsets) {
    return offsets.entrySet().stream()
        .map(offset -> "\"%d\":%d".formatted(offset.getKey(), offset.getValue()))
        .collect(joining(",", "{\"" + topic + "\":{", "}}"));
  }

  /** The partitions as Spark's source takes them. */
  String assignment() {
    return partitions.stream()
        .map(partition -> Integer.toString(partition.partition()))
        .collect(joining(",", "{\"" + topic + "\":[", "]}"));
  }

  @Override
  public void close() {
    consumer.close();
  }

  private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
    Map<Integer, Long> byNumber = new TreeMap<>();
    offsets.forEach((partition, offset) -> byNumber.put(partition.partition(), offset));
    return byNumber;
  }

  private static long ceilMinute(long millis) {
    return Math.floorDiv(millis + 59_999, 60_000L) * 60_000L;
  }
}
