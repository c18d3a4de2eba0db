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
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
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
  void areCompleteUpToTheLastHeartbeatOfThePartitionThatIsLeastSo() {
    beat(0, DAY, "");
    write(0, DAY + 700, text(DAY + 800));
    beat(1, DAY + 400, "");
    beat(2, DAY + 900, "");

    assertThat(boxed(read("live").completeMillis())).isEqualTo(Optional.of(DAY + 400));
  }

  @Test
  void areCompleteUpToWhatTheLastHeartbeatSays() {
    beat(0, DAY, ",\"complete\":" + (DAY - 60_000));
    write(0, DAY + 700, text(DAY + 800));
    beat(1, DAY, ",\"complete\":" + (DAY - 60_000));
    beat(1, DAY + 1_000, "");

    assertThat(boxed(read("live").completeMillis())).isEqualTo(Optional.of(DAY - 60_000));
  }

  @Test
  void amongWhichNoHeartbeatIsAreSearchedFurtherBack() {
    beat(0, DAY, ",\"complete\":" + (DAY - 60_000));
    for (int i = 0; i < 3_000; i++) {
      write(0, DAY + i, text(DAY + i + 50));
    }

    assertThat(boxed(read("live").completeMillis())).isEqualTo(Optional.of(DAY - 60_000));
  }

  @Test
  void thatWereFetchedOrReplayedDoNotMakeThePartitionComplete() {
    beat(0, DAY, "");
    write(0, DAY + 5_000, text(DAY + 6_000), "backfill");
    write(0, DAY + 9_000, text(DAY + 9_500), "replay");

    LastRecords.Tail tail = read("live");

    assertThat(boxed(tail.completeMillis())).isEqualTo(Optional.of(DAY));
    assertThat(tail.symbols()).containsExactly("AAPL");
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
    return boxed(read(origin).feedMillis());
  }

  private LastRecords.Tail read(String origin) {
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
    Runnable poll =
        () ->
            written.values().stream()
                .flatMap(List::stream)
                .filter(r -> consumer.assignment().contains(partition(r)))
                .filter(r -> r.offset() >= consumer.position(partition(r)))
                .forEach(consumer::addRecord);
    // one for each depth that is read to
    for (int depth = 0; depth < 4; depth++) {
      consumer.schedulePollTask(poll);
    }
    return new LastRecords(TOPIC, origin, () -> consumer).read(NOW);
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
    return new TopicPartition(TOPIC, record.partition());
  }

  private static Optional<Long> boxed(OptionalLong millis) {
    return millis.isPresent() ? Optional.of(millis.getAsLong()) : Optional.empty();
  }

  private void beat(int partition, long millis, String complete) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("ev", "heartbeat".getBytes(UTF_8));
    write(
        partition,
        millis,
        text(millis + 50),
        headers,
        null,
        "{\"ev\":\"heartbeat\",\"t\":%d%s}".formatted(millis, complete));
  }

  private void write(int partition, long millis, String received) {
    write(partition, millis, received, "live");
  }

  private void write(int partition, long millis, String received, String origin) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("origin", origin.getBytes(UTF_8));
    write(partition, millis, received, headers, "AAPL", "");
  }

  private void write(
      int partition, long millis, String received, Headers headers, String key, String value) {
    List<ConsumerRecord<byte[], byte[]>> records =
        written.computeIfAbsent(partition, p -> new ArrayList<>());
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
            key == null ? null : key.getBytes(UTF_8),
            value.getBytes(UTF_8),
            headers,
            Optional.empty()));
  }

  private static String text(long millis) {
    return Long.toString(millis);
  }
}
