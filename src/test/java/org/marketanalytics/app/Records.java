package org.marketanalytics.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics in tests. */
public final class Records {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Records() {}

  /**
   * Reads a topic from its beginning until what was read is enough.
   *
   * @throws AssertionError when it is not after a minute
   */
  public static List<ConsumerRecord<String, byte[]>> read(
      String brokers, String topic, Predicate<List<ConsumerRecord<String, byte[]>>> enough) {
    Properties properties = new Properties();
    properties.putAll(Map.of("bootstrap.servers", brokers, "auto.offset.reset", "earliest"));
    List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();
    Instant end = Instant.now().plus(PATIENCE);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!enough.test(read)) {
        if (Instant.now().isAfter(end)) {
          throw new AssertionError("only %d records on %s".formatted(read.size(), topic));
        }
        consumer.poll(Duration.ofMillis(200)).forEach(read::add);
      }
    }
    return read;
  }

  /** Reads a topic from its beginning to its present end. */
  public static List<ConsumerRecord<String, byte[]>> readAll(String brokers, String topic) {
    List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", brokers),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(read::add);
      }
    }
    return read;
  }

  /** The text of a header; null when the record has none of that name. */
  public static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }
}
