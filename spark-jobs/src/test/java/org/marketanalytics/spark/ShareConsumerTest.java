package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.marketanalytics.spark.PackReader.Input;
import org.marketanalytics.spark.PackReader.Range;

/** How a consumer goes on from batch to batch; Kafka's own stand-in plays the broker. */
class ShareConsumerTest {
  private static final String TOPIC = "market.raw";

  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>(OffsetResetStrategy.NONE);
  private final String group = UUID.randomUUID().toString();
  private final ShareConsumer consumer = new ShareConsumer(group, kafka);

  @Test
  void readsToTheEndOfTheBatchAndKeepsTheRestForTheNext() {
    consumer.begin(batch(new Range(TOPIC, 0, 0, 2)));
    arrive(0, 0, 1, 2, 3);

    assertThat(read()).containsExactly("0:0", "0:1");
    consumer.release();
    kafka.schedulePollTask(() -> arrive(0, 4));
    consumer.begin(batch(new Range(TOPIC, 0, 2, 5)));

    assertThat(read()).containsExactly("0:2", "0:3", "0:4");
  }

  @Test
  void readsABatchAnewThatDoesNotBeginWhereTheLastOneEnded() {
    consumer.begin(batch(new Range(TOPIC, 0, 0, 2)));
    arrive(0, 0, 1, 2);
    read();
    consumer.release();

    consumer.begin(batch(new Range(TOPIC, 0, 1, 3)));
    arrive(0, 1, 2);

    assertThat(read()).containsExactly("0:1", "0:2");
  }

  @Test
  void takesPartitionsAsTheyCome() {
    consumer.begin(batch(new Range(TOPIC, 0, 0, 1)));
    arrive(0, 0);
    assertThat(read()).containsExactly("0:0");
    consumer.release();

    consumer.begin(batch(new Range(TOPIC, 1, 7, 9)));
    arrive(1, 7, 8);
    assertThat(read()).containsExactly("1:7", "1:8");
    consumer.release();

    consumer.begin(batch(new Range(TOPIC, 0, 1, 2), new Range(TOPIC, 1, 9, 10)));
    arrive(0, 1);
    arrive(1, 9);
    assertThat(read()).containsExactlyInAnyOrder("0:1", "1:9");
  }

  @Test
  void passesOverOffsetsThatTheTopicNeverHad() {
    consumer.begin(batch(new Range(TOPIC, 0, 0, 5)));
    arrive(0, 0, 2, 7);
    assertThat(read()).containsExactly("0:0", "0:2");
    consumer.release();

    consumer.begin(batch(new Range(TOPIC, 0, 5, 8)));
    assertThat(read()).containsExactly("0:7");
  }

  @Test
  void saysWhenRecordsAreNoLongerThere() {
    consumer.begin(batch(new Range(TOPIC, 0, 3, 9)));
    kafka.updateBeginningOffsets(Map.of(new TopicPartition(TOPIC, 0), 5L));
    arrive(0, 5);

    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("data may have been missed: the topic has not the offsets {market.raw-0=3}");
  }

  @Test
  void saysWhatDoesNotCome() {
    consumer.begin(new Input(List.of(new Range(TOPIC, 0, 3, 9)), Map.of(), List.of(), 0));

    assertThatThrownBy(this::read)
        .isInstanceOf(TimeoutException.class)
        .hasMessage(
            "nothing came for 0 ms of the offsets {market.raw-0=3 to 8}: see whether all brokers"
                + " are up, and start the job again; it goes on from its checkpoint");
  }

  @Test
  void closesTheConsumerOfABatchThatWasNotReadToItsEnd() {
    consumer.begin(batch(new Range(TOPIC, 0, 0, 2)));
    arrive(0, 0);
    consumer.poll();

    consumer.release();

    assertThat(kafka.closed()).isTrue();
  }

  @Test
  void isKeptOnceHoweverOftenItIsReleased() {
    Input input =
        new Input(List.of(new Range(TOPIC, 0, 0, 0)), Map.of("group.id", group), List.of(), 0);
    consumer.begin(input);
    consumer.release();
    consumer.release();

    assertThat(ShareConsumer.take(input)).isSameAs(consumer);
    assertThatThrownBy(() -> ShareConsumer.take(input))
        .as("a new one, which this configuration does not do for")
        .isInstanceOf(ConfigException.class);
  }

  private static Input batch(Range... ranges) {
    return new Input(List.of(ranges), Map.of(), List.of(), 120_000);
  }

  private void arrive(int partition, long... offsets) {
    kafka.updateBeginningOffsets(
        Map.of(new TopicPartition(TOPIC, partition), Arrays.stream(offsets).min().orElseThrow()));
    for (long offset : offsets) {
      kafka.addRecord(new ConsumerRecord<>(TOPIC, partition, offset, null, new byte[0]));
    }
  }

  /** Partition and offset of all records of the batch. */
  private List<String> read() {
    List<String> read = new ArrayList<>();
    while (!consumer.isDone()) {
      for (List<ConsumerRecord<byte[], byte[]>> records : consumer.poll()) {
        records.forEach(record -> read.add(record.partition() + ":" + record.offset()));
      }
    }
    return read;
  }
}
