package org.marketanalytics.app.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The newest records of each partition of the raw topic. They tell an application that starts when
 * the market is silent what time it is at the feed: the greatest time of an event or heartbeat, and
 * the wall time since it was received. What was replayed tells the time of a replay only, and a
 * replay goes by nothing else.
 */
final class LastRecords {
  /** A single record may be nonsense; the last seconds of a silent partition are heartbeats. */
  private static final int EACH = 100;

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
   * @param origin live, backfill or replay
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
   * The time at the feed in milliseconds since the epoch, never past the wall clock; empty when the
   * topic is not there or no record of it tells a time.
   *
   * @param nowMillis the wall clock
   * @throws KafkaException when the brokers do not answer within ten seconds
   */
  OptionalLong feedMillis(long nowMillis) {
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      return read(consumer)
          .filter(record -> text(record, "origin").equals(REPLAY) == replay)
          .flatMap(record -> moment(record, nowMillis).stream())
          .max(Comparator.comparingLong(Moment::millis))
          .map(newest -> OptionalLong.of(newest.millis() + nowMillis - newest.receivedMillis()))
          .orElseGet(OptionalLong::empty);
    }
  }

  /** A time at the feed, and the wall time at which it was told. */
  private record Moment(long millis, long receivedMillis) {}

  /** Empty for a record that says nothing, or what cannot be. */
  private static Optional<Moment> moment(ConsumerRecord<byte[], byte[]> record, long nowMillis) {
    String text = text(record, "received");
    if (!text.matches("[0-9]{1,18}") || record.timestampType() != TimestampType.CREATE_TIME) {
      return Optional.empty();
    }
    long received = Long.parseLong(text);
    long millis = record.timestamp();
    boolean possible =
        millis > 0
            && received <= nowMillis + FeedClock.AHEAD_MILLIS
            && millis <= received + FeedClock.AHEAD_MILLIS;
    return possible
        ? Optional.of(new Moment(Math.min(millis, received), received))
        : Optional.empty();
  }

  /** Empty when there is no such header. */
  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? "" : new String(header.value(), US_ASCII);
  }

  private Stream<ConsumerRecord<byte[], byte[]>> read(Consumer<byte[], byte[]> consumer) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<PartitionInfo> known = consumer.partitionsFor(topic);
    List<TopicPartition> partitions =
        Stream.ofNullable(known)
            .flatMap(List::stream)
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    partitions.forEach(p -> consumer.seek(p, Math.max(begins.get(p), ends.get(p) - EACH)));

    Stream.Builder<ConsumerRecord<byte[], byte[]>> records = Stream.builder();
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("not all read within %d s".formatted(PATIENCE.toSeconds()));
      }
      StreamSupport.stream(consumer.poll(POLL).spliterator(), false).forEach(records::add);
    }
    return records.build();
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
