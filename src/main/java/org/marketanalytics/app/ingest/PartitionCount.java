package org.marketanalytics.app.ingest;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** How many partitions a topic has. Asked again each minute, since partitions may be added. */
public final class PartitionCount {
  private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int PATIENCE_MILLIS = 10_000;

  private final Map<String, Object> kafka;
  private final String topic;
  private int count;
  private long askedNanos;

  /**
   * Of one topic.
   *
   * @param kafka configuration of a client
   */
  public PartitionCount(Map<String, Object> kafka, String topic) {
    this.kafka = kafka;
    this.topic = topic;
  }

  /**
   * The number, at most a minute old when the brokers answer.
   *
   * @throws IllegalStateException when they never answered
   */
  public synchronized int get() {
    if (count == 0 || System.nanoTime() - askedNanos > FRESH_NANOS) {
      askedNanos = System.nanoTime();
      ask();
    }
    return count;
  }

  private void ask() {
    Map<String, Object> client = new HashMap<>(kafka);
    client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    try (Admin admin = Admin.create(client)) {
      count =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
    } catch (ExecutionException | KafkaException e) {
      if (count == 0) {
        throw new IllegalStateException("partitions of " + topic + " are not known", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
