package org.marketanalytics.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics, made when they are missing. A topic that is there stays as it is. */
final class Topics {
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long MIB = 1024 * 1024;
  private static final long SEGMENT_BYTES = 128 * MIB;

  private final Settings settings;

  Topics(Settings settings) {
    this.settings = settings;
  }

  /**
   * Makes what is missing.
   *
   * @throws CannotStart when no broker answers within ten seconds or it refuses
   */
  void create() {
    int millis = Math.toIntExact(PATIENCE.toMillis());
    Map<String, Object> client =
        new HashMap<>(
            KafkaClients.configuration(
                settings.value("market.kafka.brokers"), settings.value("market.kafka.config")));
    client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    try (Admin admin = Admin.create(client)) {
      Set<String> there = admin.listTopics().names().get(millis, TimeUnit.MILLISECONDS);
      for (NewTopic topic : wanted()) {
        if (!there.contains(topic.name())) {
          create(admin, topic);
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RetriableException
          ? unreachable(e.getCause())
          : refused(e.getCause());
    } catch (TimeoutException | KafkaException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(e);
    }
  }

  private List<NewTopic> wanted() {
    int partitions = settings.number("market.kafka.partitions");
    return List.of(
        topic("market.kafka.raw-topic", partitions),
        topic("market.kafka.aggregated-topic", partitions),
        topic("market.kafka.dead-letter-topic", 1));
  }

  private NewTopic topic(String key, int partitions) {
    long retentionBytes = settings.number("market.kafka.retention-mib") * MIB;
    short replication = (short) settings.number("market.kafka.replication");
    return new NewTopic(settings.value(key), partitions, replication)
        .configs(
            Map.of(
                "cleanup.policy",
                "delete",
                // by size and not by age: records carry the times of their events, and those of a
                // replay would be too old to stay
                "retention.ms",
                "-1",
                "retention.bytes",
                Long.toString(retentionBytes),
                // of three copies two have a record before it counts as taken
                "min.insync.replicas",
                Integer.toString(Math.max(1, replication - 1)),
                "segment.bytes",
                Long.toString(Math.min(retentionBytes, SEGMENT_BYTES)),
                // stored as the producer packed it; the broker does not pack it again
                "compression.type",
                "producer",
                "message.timestamp.type",
                "CreateTime",
                // a replay's records are old; ingest refuses what is far ahead
                "message.timestamp.before.max.ms",
                Long.toString(Long.MAX_VALUE)));
  }

  private static void create(Admin admin, NewTopic topic)
      throws ExecutionException, InterruptedException {
    try {
      admin.createTopics(List.of(topic)).all().get();
      LOG.info("topic made topic={} partitions={}", topic.name(), topic.numPartitions());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private CannotStart refused(Throwable e) {
    return CannotStart.unreachable(
        "market.kafka.brokers",
        settings.value("market.kafka.brokers"),
        "the broker refuses to list or make the topics (replication=%s, partitions=%s): %s"
            .formatted(
                settings.value("market.kafka.replication"),
                settings.value("market.kafka.partitions"),
                OneLine.of(OneLine.root(e))));
  }

  private CannotStart unreachable(Throwable e) {
    return CannotStart.unreachable(
        "market.kafka.brokers",
        settings.value("market.kafka.brokers"),
        "no broker answers there within %d s: %s"
            .formatted(PATIENCE.toSeconds(), OneLine.of(OneLine.root(e))));
  }
}
