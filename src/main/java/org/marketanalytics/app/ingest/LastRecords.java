package org.marketanalytics.app.ingest;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.marketanalytics.app.ingest.PartitionTail.Moment;

/**
 * The newest records of each partition of the raw topic. They tell an application that starts what
 * time it is at the feed, even if the market is silent: the greatest time of an event or heartbeat,
 * and the wall time since it was received. And they tell up to where the topic is complete: to what
 * the last heartbeat says, or else to the last time. What was replayed tells of a replay only, and
 * a replay goes by nothing else.
 */
final class LastRecords {
  /** A single record may be nonsense; the last seconds of a silent partition are heartbeats. */
  private static final int EACH = 100;

  /** Among many events a heartbeat is further back: it is sought so much, and so far, deeper. */
  private static final int DEEPER = 10;

  private static final int MOST = 100_000;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(200);

  private static final String REPLAY = "replay";

  private final String topic;
  private final boolean replay;
  private final Supplier<Consumer<byte[], byte[]>> consumers;

  /**
   * Those that an application with this origin goes by.
   *
   * @param kafka configuration of a client
   * @param origin live or replay
   */
  LastRecords(Map<String, Object> kafka, String topic, String origin) {
    this(topic, origin, () -> consumer(kafka));
  }

  /** Reads with consumers that have no partition yet; each is closed after its use. */
  LastRecords(String topic, String origin, Supplier<Consumer<byte[], byte[]>> consumers) {
    this.topic = topic;
    this.replay = origin.equals(REPLAY);
    this.consumers = consumers;
  }

  /**
   * What they tell.
   *
   * @param feedMillis the time at the feed, never past the wall clock; empty when no record tells a
   *     time
   * @param completeMillis up to where every partition is complete; empty when no record tells
   * @param symbols of their events
   */
  record Tail(OptionalLong feedMillis, OptionalLong completeMillis, Set<String> symbols) {}

  /**
   * Reads them; nothing is told by a topic that is not there.
   *
   * @param nowMillis the wall clock
   * @throws KafkaException when the brokers do not answer within ten seconds
   */
  Tail read(long nowMillis) {
    Set<String> symbols = new HashSet<>();
    Map<TopicPartition, PartitionTail> tails = new HashMap<>();
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      List<TopicPartition> partitions =
          Stream.ofNullable(consumer.partitionsFor(topic))
              .flatMap(List::stream)
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<TopicPartition> unread = partitions;
      for (long depth = EACH; !unread.isEmpty(); depth *= DEEPER) {
        unread.forEach(p -> tails.put(p, new PartitionTail(replay, nowMillis)));
        consumer.assign(unread);
        for (TopicPartition p : unread) {
          consumer.seek(p, Math.max(begins.get(p), ends.get(p) - depth));
        }
        readToTheEnd(consumer, ends, tails, symbols);
        long read = depth;
        unread =
            unread.stream()
                .filter(p -> !tails.get(p).beaten() && begins.get(p) < ends.get(p) - read)
                .filter(p -> read < MOST)
                .toList();
      }
    }
    return new Tail(feedMillis(tails.values(), nowMillis), completeMillis(tails.values()), symbols);
  }

  private static void readToTheEnd(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, PartitionTail> tails,
      Set<String> symbols) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (consumer.assignment().stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("not all read within %d s".formatted(PATIENCE.toSeconds()));
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        tails.get(new TopicPartition(record.topic(), record.partition())).add(record, symbols);
      }
    }
  }

  private static OptionalLong feedMillis(Collection<PartitionTail> tails, long nowMillis) {
    return tails.stream()
        .flatMap(tail -> tail.newest().stream())
        .max(Comparator.comparingLong(Moment::millis))
        .map(newest -> OptionalLong.of(newest.millis() + nowMillis - newest.receivedMillis()))
        .orElseGet(OptionalLong::empty);
  }

  private static OptionalLong completeMillis(Collection<PartitionTail> tails) {
    return tails.stream().flatMapToLong(tail -> tail.completeMillis().stream()).min();
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> kafka) {
    int millis = Math.toIntExact(PATIENCE.toMillis());
    Map<String, Object> configuration = new HashMap<>(kafka);
    configuration.putAll(
        Map.of(
            ConsumerConfig.CLIENT_ID_CONFIG,
            "market-last-records",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            millis,
            ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            millis));
    return new KafkaConsumer<>(
        configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
