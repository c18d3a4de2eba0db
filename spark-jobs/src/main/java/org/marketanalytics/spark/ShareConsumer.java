package org.marketanalytics.spark;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.marketanalytics.spark.PackReader.Input;
import org.marketanalytics.spark.PackReader.Range;

/**
 * A Kafka consumer of all partitions of a share. It stays from batch to batch, and with it what the
 * broker has sent already; a batch that does not begin where the one before ended is read anew.
 */
final class ShareConsumer {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(5);

  /**
   * Those that wait for their next batch, by the group that Spark names for each query's source.
   */
  private static final Map<String, Deque<ShareConsumer>> IDLE = new HashMap<>();

  private final String group;
  private final Consumer<byte[], byte[]> kafka;
  private final Map<TopicPartition, Place> places = new LinkedHashMap<>();
  private boolean isTaken;
  private long timeoutMillis;
  private long progressNanos;

  /** Where one partition is read. */
  private static final class Place {
    private List<ConsumerRecord<byte[], byte[]>> ahead = List.of();
    private long next = -1;
    private long until = -1;
  }

  ShareConsumer(String group, Consumer<byte[], byte[]> kafka) {
    this.group = group;
    this.kafka = kafka;
  }

  /** A consumer that is about to read this; to be released. */
  static ShareConsumer take(Input input) {
    String group = String.valueOf(input.kafka().get("group.id"));
    ShareConsumer consumer = idle(group);
    if (consumer == null) {
      consumer = new ShareConsumer(group, new KafkaConsumer<>(input.kafka()));
    }
    return consumer.begin(input);
  }

  /** Whether all records were taken. */
  boolean isDone() {
    return places.entrySet().stream().allMatch(one -> isDone(one.getKey(), one.getValue()));
  }

  /**
   * Waits for the next records, a list for each partition in the order of its offsets; none when
   * nothing came for a second.
   *
   * @throws TimeoutException when nothing came for too long
   * @throws IllegalStateException when records are no longer on the topic
   */
  List<List<ConsumerRecord<byte[], byte[]>>> poll() {
    List<List<ConsumerRecord<byte[], byte[]>>> taken = takeAhead();
    if (!taken.isEmpty()) {
      return taken;
    }
    places.forEach(
        (partition, place) -> {
          if (isDone(partition, place)) {
            kafka.pause(Set.of(partition));
          } else {
            kafka.resume(Set.of(partition));
          }
        });
    ConsumerRecords<byte[], byte[]> records = records();
    long now = System.nanoTime();
    if (!records.isEmpty()) {
      progressNanos = now;
    } else if (now - progressNanos > TimeUnit.MILLISECONDS.toNanos(timeoutMillis)) {
      throw new TimeoutException(
          "nothing came for %d ms of the offsets %s: see whether all brokers are up, and start the job again; it goes on from its checkpoint"
              .formatted(timeoutMillis, missing()));
    }
    for (TopicPartition partition : records.partitions()) {
      places.get(partition).ahead = records.records(partition);
    }
    return takeAhead();
  }

  /**
   * Keeps the consumer for the next batch, unless this one was not read to its end. Does nothing
   * once released, when another may have it.
   */
  void release() {
    if (!isTaken) {
      return;
    }
    isTaken = false;
    if (!isDone()) {
      kafka.close(Duration.ZERO);
      return;
    }
    places.values().forEach(place -> place.next = place.until);
    progressNanos = System.nanoTime();
    synchronized (IDLE) {
      IDLE.computeIfAbsent(group, name -> new ArrayDeque<>()).push(this);
    }
  }

  private static ShareConsumer idle(String group) {
    synchronized (IDLE) {
      long now = System.nanoTime();
      IDLE.values().forEach(those -> those.removeIf(one -> one.closeIfOld(now)));
      IDLE.values().removeIf(Deque::isEmpty);
      Deque<ShareConsumer> own = IDLE.get(group);
      return own == null ? null : own.pop();
    }
  }

  private boolean closeIfOld(long now) {
    boolean old = now - progressNanos > IDLE_NANOS;
    if (old) {
      kafka.close(Duration.ZERO);
    }
    return old;
  }

  /** Turns to the records of a batch, wherever it was before. */
  ShareConsumer begin(Input input) {
    isTaken = true;
    timeoutMillis = input.timeoutMillis();
    progressNanos = System.nanoTime();
    Set<TopicPartition> assigned = new HashSet<>(places.keySet());
    input.ranges().forEach(range -> assigned.add(range.topicPartition()));
    if (assigned.size() > places.size()) {
      kafka.assign(assigned);
    }
    for (Range range : input.ranges()) {
      Place place = places.computeIfAbsent(range.topicPartition(), partition -> new Place());
      if (place.next != range.from()) {
        place.ahead = List.of();
        kafka.seek(range.topicPartition(), range.from());
      }
      place.until = range.until();
    }
    return this;
  }

  /** A place without a range in this batch stands at the end of its last one. */
  private boolean isDone(TopicPartition partition, Place place) {
    long at = place.ahead.isEmpty() ? kafka.position(partition) : place.ahead.get(0).offset();
    return at >= place.until;
  }

  private ConsumerRecords<byte[], byte[]> records() {
    try {
      return kafka.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      throw new IllegalStateException(
          "data may have been missed: the topic has not the offsets %s"
              .formatted(e.offsetOutOfRangePartitions()),
          e);
    }
  }

  /** What was polled and belongs to this batch; what is behind its end stays for the next. */
  private List<List<ConsumerRecord<byte[], byte[]>>> takeAhead() {
    List<List<ConsumerRecord<byte[], byte[]>>> taken = new ArrayList<>();
    for (Place place : places.values()) {
      int end = place.ahead.size();
      while (end > 0 && place.ahead.get(end - 1).offset() >= place.until) {
        end--;
      }
      if (end > 0) {
        taken.add(place.ahead.subList(0, end));
        // an empty part of the list would keep all of it
        boolean isAll = end == place.ahead.size();
        place.ahead = isAll ? List.of() : place.ahead.subList(end, place.ahead.size());
      }
    }
    return taken;
  }

  private Map<TopicPartition, String> missing() {
    Map<TopicPartition, String> missing = new LinkedHashMap<>();
    places.forEach(
        (partition, place) -> {
          if (!isDone(partition, place)) {
            missing.put(partition, kafka.position(partition) + " to " + (place.until - 1));
          }
        });
    return missing;
  }
}
