package org.marketanalytics.spark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the topics that are missing, so that job and application may be started in any order. */
final class KafkaTopics {
  /** Partitions of the raw and the aggregated topic, as the application makes them by default. */
  static final int DEFAULT_PARTITIONS = 8;

  private static final long MIB = 1024 * 1024;

  private static final long PAUSE_MILLIS = 200;

  /**
   * The same as the application's, so that it does not matter which of the two made a topic, but
   * for the copies: how many there are, and how many must have a record, the brokers' defaults say
   * here. Whoever changes one changes the other (there: {@code org.marketanalytics.app.Topics}; its
   * default of {@code market.kafka.retention-mib}).
   */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "cleanup.policy",
          "delete",
          // by size and not by age: records carry the times of their events, and those of a replay
          // would be too old to stay
          "retention.ms",
          "-1",
          "retention.bytes",
          Long.toString(1024 * MIB),
          "segment.bytes",
          Long.toString(128 * MIB),
          "compression.type",
          "producer",
          "message.timestamp.type",
          "CreateTime",
          "message.timestamp.before.max.ms",
          Long.toString(Long.MAX_VALUE));

  private KafkaTopics() {}

  /**
   * Makes what is missing.
   *
   * @return the partitions of the raw topic
   * @throws StartException when the brokers do not answer in time or refuse
   */
  static int create(Map<String, String> kafka, Topics topics, int partitions, Duration timeout) {
    Properties properties = new Properties();
    properties.putAll(kafka);
    String millis = Long.toString(timeout.toMillis());
    properties.put("request.timeout.ms", millis);
    properties.put("default.api.timeout.ms", millis);
    try (Admin admin = Admin.create(properties)) {
      Set<String> present = admin.listTopics().names().get();
      List<NewTopic> missing = new ArrayList<>();
      addMissing(missing, present, topics.raw(), partitions);
      addMissing(missing, present, topics.aggregated(), partitions);
      addMissing(missing, present, topics.deadLetter(), 1);
      for (var created : admin.createTopics(missing).values().values()) {
        await(created);
      }
      return partitions(admin, topics.raw(), timeout);
    } catch (ExecutionException | KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StartException(
          "--bootstrap-servers=%s: the brokers do not answer as they should: %s"
              .formatted(kafka.get("bootstrap.servers"), cause.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while the topics were made", e);
    }
  }

  /** How many partitions a topic has. A broker may learn of a new one seconds after it is made. */
  static int partitions(Admin admin, String topic, Duration timeout)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    while (true) {
      try {
        return admin
            .describeTopics(List.of(topic))
            .allTopicNames()
            .get()
            .get(topic)
            .partitions()
            .size();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() - start > timeout.toNanos()) {
          throw e;
        }
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static void addMissing(
      List<NewTopic> missing, Set<String> present, String name, int partitions) {
    if (!present.contains(name)) {
      missing.add(topic(name, partitions));
    }
  }

  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(SETTINGS);
  }

  private static void await(org.apache.kafka.common.KafkaFuture<Void> created)
      throws InterruptedException, ExecutionException {
    try {
      created.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
