package org.marketanalytics.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The topics of a broker: how far they reach, and how far a consumer group has come. */
final class TopicLog implements AutoCloseable {

  /** Partitions of each topic, as the application makes them. */
  static final int PARTITIONS = 8;

  static final String RAW = "market.raw";
  static final String AGGREGATED = "market.aggregated";

  private final Admin admin;

  TopicLog(String bootstrapServers) {
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Makes a topic that keeps records whatever their time is. */
  void create(String topic) throws InterruptedException, ExecutionException {
    NewTopic made =
        new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty())
            .configs(Map.of("retention.ms", "-1"));
    admin.createTopics(List.of(made)).all().get();
  }

  /** How many records were ever written to a topic. */
  long end(String topic) throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> latest =
        partitions(topic).stream()
            .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    return admin.listOffsets(latest).all().get().values().stream()
        .mapToLong(end -> end.offset())
        .sum();
  }

  /** How many of a topic's records a consumer group has committed. */
  long committed(String group, String topic) throws InterruptedException, ExecutionException {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }

  static List<TopicPartition> partitions(String topic) {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(partition -> new TopicPartition(topic, partition))
        .toList();
  }

  @Override
  public void close() {
    admin.close();
  }
}
