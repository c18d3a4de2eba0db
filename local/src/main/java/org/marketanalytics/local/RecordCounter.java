package org.marketanalytics.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * Counts the records of this run, by topic, while they come: what lay on the topics before is left
 * out, and so are the heartbeats of the raw topic. Reading along bounds the memory and the wait at
 * the end, however long the run.
 */
final class RecordCounter implements AutoCloseable {

  private static final byte[] HEARTBEAT = "heartbeat".getBytes(StandardCharsets.UTF_8);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE_BOUND = Duration.ofSeconds(2);

  private final String bootstrapServers;
  private final Offsets offsets;
  private final Map<TopicPartition, Long> from;
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private final AggregatedRows rows = new AggregatedRows(System.currentTimeMillis());
  private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
  private final Map<Integer, Long> heartbeats = new ConcurrentHashMap<>();
  private final AtomicLong lastEventMillis = new AtomicLong(Long.MIN_VALUE);
  private final Thread thread = new Thread(this::count, "record-counter");
  private volatile KafkaConsumer<ByteBuffer, ByteBuffer> consumer;
  private volatile boolean closed;

  /** Notes where the topics end now; those that do not exist yet will be counted whole. */
  RecordCounter(String bootstrapServers) throws IOException, InterruptedException {
    this.bootstrapServers = bootstrapServers;
    this.offsets = new Offsets(bootstrapServers);
    this.from = offsets.ends(Topics.ALL);
    Topics.ALL.forEach(topic -> counts.put(topic, new AtomicLong()));
    thread.setDaemon(true);
  }

  RecordCounter start() {
    thread.start();
    return this;
  }

  Offsets offsets() {
    return offsets;
  }

  long count(String topic) {
    return counts.get(topic).get();
  }

  /** The rows that this run's aggregated records make. */
  AggregatedRows rows() {
    return rows;
  }

  /** The offset of the next record to count, for each partition. */
  Map<TopicPartition, Long> positions() {
    return Map.copyOf(positions);
  }

  /**
   * The time at the feed (ms since the epoch) that every partition of the raw topic has been told
   * in this run; before the first heartbeat, the least there is.
   */
  long heartbeatMillis() {
    return heartbeats.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
  }

  /** The greatest time (ms since the epoch) of an event of this run; the least there is before. */
  long lastEventMillis() {
    return lastEventMillis.get();
  }

  @Override
  public void close() {
    closed = true;
    KafkaConsumer<ByteBuffer, ByteBuffer> reading = consumer;
    if (reading != null) {
      reading.wakeup();
    }
    try {
      thread.join(CLOSE_BOUND.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    offsets.close();
  }

  private void count() {
    try {
      Map<TopicPartition, Long> partitions = awaitPartitions();
      try (KafkaConsumer<ByteBuffer, ByteBuffer> created =
          new KafkaConsumer<>(
              configuration(), new ByteBufferDeserializer(), new ByteBufferDeserializer())) {
        consumer = created;
        created.assign(partitions.keySet());
        partitions.keySet().forEach(part -> created.seek(part, from.getOrDefault(part, 0L)));
        while (!closed) {
          count(created.poll(POLL));
        }
      }
    } catch (WakeupException e) {
      // closed
    } catch (IOException | InterruptedException | KafkaException e) {
      if (!closed && !ChildProcess.isShuttingDown()) {
        System.err.println("demo: records are no longer counted: " + e.getMessage());
      }
    }
  }

  private void count(ConsumerRecords<ByteBuffer, ByteBuffer> batch) {
    for (ConsumerRecord<ByteBuffer, ByteBuffer> read : batch) {
      if (isHeartbeat(read)) {
        heartbeats.put(read.partition(), read.timestamp());
      } else {
        counts.get(read.topic()).incrementAndGet();
        if (read.topic().equals(Topics.AGGREGATED)) {
          rows.add(text(read.key()), type(read), text(read.value()));
        } else if (read.topic().equals(Topics.RAW)) {
          lastEventMillis.accumulateAndGet(read.timestamp(), Math::max);
        }
      }
      positions.put(new TopicPartition(read.topic(), read.partition()), read.offset() + 1);
    }
  }

  private Map<TopicPartition, Long> awaitPartitions() throws IOException, InterruptedException {
    while (!closed) {
      Map<TopicPartition, Long> ends = offsets.ends(Topics.ALL);
      Set<String> topics = new HashSet<>();
      ends.keySet().forEach(partition -> topics.add(partition.topic()));
      if (topics.containsAll(Topics.ALL)) {
        return ends;
      }
      Thread.sleep(POLL.toMillis());
    }
    return Map.of();
  }

  private Map<String, Object> configuration() {
    Map<String, Object> configuration = new HashMap<>();
    configuration.put("bootstrap.servers", bootstrapServers);
    configuration.put("enable.auto.commit", "false");
    configuration.put("auto.offset.reset", "earliest");
    configuration.put("fetch.max.bytes", Integer.toString(4 * 1024 * 1024));
    configuration.put("max.partition.fetch.bytes", Integer.toString(512 * 1024));
    // one fetch a tenth of a second is enough to count
    configuration.put("fetch.min.bytes", Integer.toString(64 * 1024));
    configuration.put("fetch.max.wait.ms", "100");
    configuration.put("max.poll.records", "5000");
    configuration.put("default.api.timeout.ms", "5000");
    return configuration;
  }

  private static String type(ConsumerRecord<ByteBuffer, ByteBuffer> read) {
    Header type = read.headers().lastHeader("type");
    return type == null ? "" : new String(type.value(), StandardCharsets.UTF_8);
  }

  private static String text(ByteBuffer bytes) {
    return bytes == null ? "" : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }

  private static boolean isHeartbeat(ConsumerRecord<ByteBuffer, ByteBuffer> read) {
    if (!read.topic().equals(Topics.RAW)) {
      return false;
    }
    Header event = read.headers().lastHeader("ev");
    return event != null && Arrays.equals(event.value(), HEARTBEAT);
  }
}
