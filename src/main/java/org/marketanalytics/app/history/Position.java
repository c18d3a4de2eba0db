package org.marketanalytics.app.history;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the replay has come, kept where its records are: as the text that Kafka keeps with a
 * committed offset of the raw topic. It is written after the records are acknowledged, and goes
 * when the topic is deleted.
 */
final class Position implements AutoCloseable {
  private static final String GROUP = "market-replay";
  private static final int PATIENCE_SECONDS = 30;

  /** Kafka keeps 4,096 bytes; the end of a path tells more than its beginning. */
  private static final int MOST_NAME = 500;

  private final Map<String, Object> kafka;
  private final TopicPartition place;
  private Admin admin;

  /**
   * A mark in a file.
   *
   * @param line the last one that is on the topic as a whole, or as a dead letter
   * @param greatestMillis the greatest time in the whole file
   * @param file tells one file from another
   */
  record Mark(long line, long greatestMillis, String file) {
    /** Nothing is being replayed. */
    static final Mark NONE = new Mark(0, Long.MIN_VALUE, "");

    static String file(String name, long bytes) {
      return bytes + " " + name.substring(Math.max(0, name.length() - MOST_NAME));
    }

    private String text() {
      return file.isEmpty() ? "" : "%d %d %s".formatted(line, greatestMillis, file);
    }

    private static Mark parse(String text) {
      String[] parts = text.split(" ", 3);
      if (parts.length < 3 || !parts[0].matches("[0-9]{1,18}") || !parts[1].matches("-?[0-9]+")) {
        return NONE;
      }
      return new Mark(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
    }
  }

  /**
   * A position on a topic.
   *
   * @param kafka configuration of a client
   */
  Position(Map<String, Object> kafka, String topic) {
    this.kafka = kafka;
    this.place = new TopicPartition(topic, 0);
  }

  /**
   * The mark that was written last.
   *
   * @throws KafkaException when the brokers do not answer
   */
  synchronized Mark read() {
    OffsetAndMetadata kept =
        await(
                () ->
                    admin()
                        .listConsumerGroupOffsets(GROUP)
                        .partitionsToOffsetAndMetadata()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS))
            .get(place);
    return kept == null ? Mark.NONE : Mark.parse(kept.metadata());
  }

  /**
   * Writes a mark.
   *
   * @throws KafkaException when the brokers do not take it
   */
  synchronized void write(Mark mark) {
    OffsetAndMetadata kept = new OffsetAndMetadata(0, mark.text());
    await(
        () ->
            admin()
                .alterConsumerGroupOffsets(GROUP, Map.of(place, kept))
                .all()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close();
      admin = null;
    }
  }

  private Admin admin() {
    if (admin == null) {
      admin = Admin.create(kafka);
    }
    return admin;
  }

  /** What Kafka answers. */
  @FunctionalInterface
  private interface Answer<T> {
    T get() throws ExecutionException, InterruptedException, TimeoutException;
  }

  private static <T> T await(Answer<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new KafkaException("the position of the replay: " + e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new KafkaException("the position of the replay: no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }
}
