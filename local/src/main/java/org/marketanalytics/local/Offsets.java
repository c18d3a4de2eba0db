package org.marketanalytics.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How far a topic reaches, and how far its readers have come. */
final class Offsets implements AutoCloseable {

  private static final Pattern PARTITION = Pattern.compile("\"(\\d+)\":(\\d+)");

  private static final Duration CLOSE_BOUND = Duration.ofSeconds(2);

  private final Admin admin;

  Offsets(String bootstrapServers) {
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** The ends of those of the topics that exist. */
  Map<TopicPartition, Long> ends(Collection<String> topics)
      throws IOException, InterruptedException {
    try {
      List<String> existing =
          admin.listTopics().names().get().stream().filter(topics::contains).toList();
      Collection<TopicDescription> described =
          admin.describeTopics(existing).allTopicNames().get().values();
      Map<TopicPartition, OffsetSpec> latest =
          described.stream()
              .flatMap(
                  topic ->
                      topic.partitions().stream()
                          .map(part -> new TopicPartition(topic.name(), part.partition())))
              .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(latest)
          .all()
          .get()
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
    } catch (ExecutionException | KafkaException e) {
      throw new IOException("the broker does not say where its topics end: " + e.getMessage(), e);
    }
  }

  /** What a consumer group has committed. */
  Map<TopicPartition, Long> committed(String group) throws IOException, InterruptedException {
    try {
      Map<TopicPartition, Long> committed = new HashMap<>();
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      offsets.forEach(
          (partition, offset) -> {
            if (offset != null) {
              committed.put(partition, offset.offset());
            }
          });
      return committed;
    } catch (ExecutionException | KafkaException e) {
      throw new IOException(
          "the broker does not say what %s has read: ".formatted(group) + e.getMessage(), e);
    }
  }

  /**
   * How far the job has come: the offsets of the last batch that Spark's checkpoint calls done.
   * Spark commits nothing to Kafka.
   */
  static Map<TopicPartition, Long> ofJob(Path checkpoint) throws IOException {
    OptionalLong batch = lastBatch(checkpoint.resolve("commits"));
    if (batch.isEmpty()) {
      return Map.of();
    }
    String offsets;
    try {
      offsets = Files.readString(checkpoint.resolve("offsets/" + batch.getAsLong()));
    } catch (NoSuchFileException e) {
      return Map.of();
    }
    // a version, a line about the batch, and a line a source: {"market.raw":{"0":12,"1":34}}
    Map<TopicPartition, Long> positions = new HashMap<>();
    int source = offsets.indexOf("{\"" + Topics.RAW + "\":");
    if (source >= 0) {
      Matcher matcher = PARTITION.matcher(offsets);
      matcher.region(source, offsets.length());
      while (matcher.find()) {
        int partition = Integer.parseInt(matcher.group(1));
        positions.put(new TopicPartition(Topics.RAW, partition), Long.parseLong(matcher.group(2)));
      }
    }
    return positions;
  }

  /** True when every partition has been read to at least its end; an empty one needs no reader. */
  static boolean reached(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  @Override
  public void close() {
    admin.close(CLOSE_BOUND);
  }

  private static OptionalLong lastBatch(Path commits) throws IOException {
    if (!Files.isDirectory(commits)) {
      return OptionalLong.empty();
    }
    try (Stream<Path> files = Files.list(commits)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .mapToLong(Long::parseLong)
          .max();
    }
  }
}
