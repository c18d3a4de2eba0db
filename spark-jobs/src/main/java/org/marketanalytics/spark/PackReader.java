package org.marketanalytics.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.kafka010.KafkaBatchInputPartition;

/** Reads the records of one batch and share as packs. */
final class PackReader implements PartitionReader<InternalRow> {
  /**
   * What to read.
   *
   * @param ranges of offsets, each of another partition
   * @param kafka configuration of the consumer
   * @param kinds the {@code ev} to read; records without the header are read, too
   * @param timeoutMillis how long nothing may come before the batch fails
   */
  record Input(
      List<Range> ranges, Map<String, Object> kafka, List<String> kinds, long timeoutMillis)
      implements InputPartition {

    static Input of(KafkaBatchInputPartition[] partitions, List<String> kinds) {
      List<Range> ranges =
          Arrays.stream(partitions)
              .map(KafkaBatchInputPartition::offsetRange)
              .map(
                  range ->
                      new Range(
                          range.topicPartition().topic(),
                          range.topicPartition().partition(),
                          range.fromOffset(),
                          range.untilOffset()))
              .toList();
      return new Input(
          ranges,
          new HashMap<>(partitions[0].executorKafkaParams()),
          kinds,
          partitions[0].pollTimeoutMs());
    }
  }

  /** Offsets of a partition, {@code until} not included. */
  record Range(String topic, int partition, long from, long until) implements Serializable {
    TopicPartition topicPartition() {
      return new TopicPartition(topic, partition);
    }
  }

  private final ShareConsumer consumer;
  private final Packing packing;
  private InternalRow current;

  PackReader(Input input) {
    packing = new Packing(input.kinds());
    consumer = ShareConsumer.take(input);
  }

  @Override
  public boolean next() {
    while (packing.isEmpty() && !consumer.isDone()) {
      consumer.poll().forEach(packing::add);
      if (consumer.isDone()) {
        packing.end();
      }
    }
    current = packing.isEmpty() ? null : new GenericInternalRow(packing.next());
    return current != null;
  }

  @Override
  public InternalRow get() {
    return current;
  }

  /** Keeps the consumer for the next batch, unless this one was not read to its end. */
  @Override
  public void close() {
    consumer.release();
  }
}
