package org.marketanalytics.app.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LastRecordsTest {
  private static final String TOPIC = "raw";
  private static final long DAY = Instant.parse("2026-03-02T20:59:00Z").toEpochMilli();
  private static final long NOW = Instant.parse("2026-03-02T21:05:00Z").toEpochMilli();

  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(OffsetResetStrategy.EARLIEST);
  private final Map<Integer, List<ConsumerRecord<byte[], byte[]>>> written = new HashMap<>();

  @Test
  void addTheWallTimeSinceTheNewestWasReceived() {
    write(0, DAY, text(DAY + 2_000));
    write(1, DAY + 1_000, text(DAY + 3_100));
    write(1, DAY - 9_000, text(DAY + 3_200));

    assertThat(feedMillis()).isEqualTo(Optional.of(DAY + 1_000 + NOW - (DAY + 3_100)));
  }

  @Test
  void ofAReplayGoOnAtTheRecordedDay() {
    long recorded = Instant.parse("2020-01-02T15:00:00Z").toEpochMilli();
    write(0, recorded, text(NOW - 60_000), "replay");
    write(0, DAY, text(NOW - 30_000), "live");

    assertThat(feedMillis("replay")).isEqualTo(Optional.of(recorded + 60_000));
  }

  @Test
  void ofAReplayTellALiveFeedNothing() {
    write(0, DAY, text(DAY + 1_000), "replay");

    assertThat(feedMillis("live")).isEmpty();
  }

  @Test
  void areNeverTakenPastTheirReceipt() {
    write(0, DAY + 3_000, text(DAY));

    assertThat(feedMillis()).isEqualTo(Optional.of(NOW));
  }

  @Test
  void thatAreNonsenseTellNoTime() {
    long year2099 = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
    write(0, DAY, text(DAY + 1_000));
    write(0, year2099, text(DAY + 2_000));
    write(0, year2099, text(year2099));
    write(1, year2099, null);
    write(1, DAY + 5_000, null);
    write(1, DAY + 5_000, "soon");
    write(1, DAY + 5_000, "-5");
    write(1, DAY + 5_000, "99999999999999999999");

    assertThat(feedMillis()).isEqualTo(Optional.of(NOW - 1_000));
  }

  @Test
  void areSoughtBehindManyThatAreNonsense() {
    for (int i = 0; i < 300; i++) {
      write(0, DAY + i, text(DAY + i + 50));
    }
    for (int i = 0; i < 99; i++) {
      write(0, DAY + 900 + i, null);
    }

    assertThat(feedMillis()).isEqualTo(Optional.of(NOW - 50));
  }

  @Test
  void ofAnEmptyTopicTellNoTime() {
    written.put(0, List.of());

    assertThat(feedMillis()).isEmpty();
  }

  @Test
  void ofATopicThatIsNotThereTellNoTime() {
    assertThat(feedMillis()).isEmpty();
  }

  @Test
  void fromBrokersThatDoNotAnswerAreAnError() {
    written.put(0, List.of());
    consumer.setOffsetsException(new TimeoutException("no answer"));

    assertThatThrownBy(this::feedMillis).isInstanceOf(KafkaException.class);
    assertThat(consumer.closed()).isTrue();
  }

  private Optional<Long> feedMillis() {
    return feedMillis("live");
  }

  private Optional<Long> feedMillis(String origin) {
    consumer.updatePartitions(
        TOPIC,
        written.keySet().stream()
            .map(p -> new PartitionInfo(TOPIC, p, Node.noNode(), new Node[0], new Node[0]))
            .toList());
    Map<TopicPartition, Long> begins = new HashMap<>();
    Map<TopicPartition, Long> ends = new HashMap<>();
    written.forEach(
        (partition, records) -> {
          begins.put(new TopicPartition(TOPIC, partition), 0L);
          ends.put(new TopicPartition(TOPIC, partition), (long) records.size());
        });
    consumer.updateBeginningOffsets(begins);
    consumer.updateEndOffsets(ends);
    consumer.schedulePollTask(
        () ->
            written.values().stream()
                .flatMap(List::stream)
                .filter(
                    r -> r.offset() >= consumer.position(new TopicPartition(TOPIC, r.partition())))
                .forEach(consumer::addRecord));
    var millis = new LastRecords(TOPIC, origin, () -> consumer).feedMillis(NOW);
    return millis.isPresent() ? Optional.of(millis.getAsLong()) : Optional.empty();
  }

  private void write(int partition, long millis, String received) {
    write(partition, millis, received, "live");
  }

  private void write(int partition, long millis, String received, String origin) {
    List<ConsumerRecord<byte[], byte[]>> records =
        written.computeIfAbsent(partition, p -> new ArrayList<>());
    RecordHeaders headers = new RecordHeaders();
    headers.add("origin", origin.getBytes(UTF_8));
    if (received != null) {
      headers.add("received", received.getBytes(UTF_8));
    }
    records.add(
        new ConsumerRecord<>(
            TOPIC,
            partition,
            records.size(),
            millis,
            TimestampType.CREATE_TIME,
            0,
            0,
            null,
            new byte[0],
            headers,
            Optional.empty()));
  }

  private static String text(long millis) {
    return Long.toString(millis);
  }
}
