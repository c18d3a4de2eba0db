package org.marketanalytics.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class RawLogTest {
  private static final String TOPIC = "market.raw";
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration LATENESS = Duration.ofMinutes(2);

  /** Times of the records by partition, as a broker finds them. */
  private final Map<TopicPartition, TreeMap<Long, Long>> times = new HashMap<>();

  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(OffsetResetStrategy.EARLIEST) {
        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> asked) {
          Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
          asked.forEach((partition, time) -> found.put(partition, first(partition, time)));
          return found;
        }
      };

  @Test
  void aWholeLogIsReadFromItsBeginning() {
    partition(0, 0, 3);
    partition(1, 0, 0);

    RawLog log = log();

    assertThat(log.earliest(LATENESS)).isEqualTo(Instant.EPOCH);
    assertThat(log.starts(Instant.EPOCH, LATENESS)).isEqualTo(Map.of(0, 0L, 1, 0L));
    assertThat(log.json(log.ends())).isEqualTo("{\"market.raw\":{\"0\":3,\"1\":0}}");
    assertThat(log.assignment()).isEqualTo("{\"market.raw\":[0,1]}");
  }

  @Test
  void rowsFromATimeOnNeedTheLogSinceTheLatenessAndTwoMinutesBefore() {
    partition(0, 0, 4);
    partition(1, 0, 2);
    long reach = NOON.minusSeconds(240).toEpochMilli();
    times.put(at(0), new TreeMap<>(Map.of(0L, reach - 5_000, 1L, reach - 1, 2L, reach, 3L, reach)));
    times.put(at(1), new TreeMap<>(Map.of(0L, reach - 9_000, 1L, reach - 1)));

    assertThat(log().starts(NOON, LATENESS))
        .as("the second partition has nothing of the range")
        .isEqualTo(Map.of(0, 2L, 1, 2L));
  }

  @Test
  void aLogThatWasCutTellsTheFirstMinuteThatCanBeComputed() {
    partition(0, 10, 12);
    partition(1, 0, 1);
    add(0, 10, "A", NOON.plusSeconds(1), NOON.plusSeconds(90));
    add(0, 11, "heartbeat", NOON.plusSeconds(2), NOON.plusSeconds(91));

    assertThat(log().earliest(LATENESS))
        .as("the heartbeat at 12:00:02, the lateness and 61 s, at the next full minute")
        .isEqualTo(NOON.plusSeconds(240));
  }

  @Test
  void withoutAHeartbeatTheFirstReceiptBoundsWhatWasCut() {
    partition(0, 10, 11);
    add(0, 10, "A", NOON.minusSeconds(600), NOON);

    assertThat(log().earliest(LATENESS)).isEqualTo(NOON.plusSeconds(240));
  }

  @Test
  void headersAreReadAsTheJobReadsThem() {
    partition(0, 10, 14);
    RecordHeaders headless = new RecordHeaders();
    headless.add("received", null);
    headless.add("received", millis(NOON.minusSeconds(600)));
    add(0, 10, NOON.minusSeconds(600), headless);
    RecordHeaders strangersBeat = new RecordHeaders();
    strangersBeat.add("ev", "heartbeat".getBytes(UTF_8));
    add(0, 11, NOON.minusSeconds(600), strangersBeat);
    RecordHeaders repeated = new RecordHeaders();
    repeated.add("ev", "A".getBytes(UTF_8)).add("ev", "heartbeat".getBytes(UTF_8));
    repeated.add("received", millis(NOON)).add("received", millis(NOON.minusSeconds(600)));
    add(0, 12, NOON.minusSeconds(600), repeated);
    add(0, 13, "heartbeat", NOON.plusSeconds(90), NOON.plusSeconds(90));

    assertThat(log().earliest(LATENESS))
        .as("noon, the lateness and 61 s, at the next full minute")
        .isEqualTo(NOON.plusSeconds(240));
  }

  @Test
  void aPartitionThatDoesNotTellWhenItWasReceivedIsRefused() {
    partition(0, 10, 11);
    add(0, 10, NOON, new RecordHeaders());

    RawLog log = log();

    assertThatThrownBy(() -> log.earliest(LATENESS))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("none of the first records of market.raw-0 tells when");
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void doesNotWaitForeverForRecordsThatDoNotCome() {
    partition(0, 10, 12);

    RawLog log = log();

    assertThatThrownBy(() -> log.earliest(LATENESS))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("no record of market.raw-0 from offset 10 on");
  }

  @Test
  void aPartitionOfWhichNothingIsLeftIsRefused() {
    partition(0, 10, 10);

    RawLog log = log();

    assertThatThrownBy(() -> log.earliest(LATENESS))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("market.raw-0 holds no record any more");
  }

  private RawLog log() {
    return new RawLog(consumer, TOPIC, Duration.ofMillis(50));
  }

  private void partition(int number, long begin, long end) {
    List<PartitionInfo> known =
        new java.util.ArrayList<>(
            Optional.ofNullable(consumer.listTopics().get(TOPIC)).orElse(List.of()));
    known.add(new PartitionInfo(TOPIC, number, null, null, null));
    consumer.updatePartitions(TOPIC, known);
    consumer.updateBeginningOffsets(Map.of(at(number), begin));
    consumer.updateEndOffsets(Map.of(at(number), end));
  }

  /** Is handed out once the log assigns the partition. */
  private void add(int partition, long offset, String ev, Instant time, Instant received) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("ev", ev.getBytes(UTF_8));
    headers.add("received", millis(received));
    add(partition, offset, time, headers);
  }

  private void add(int partition, long offset, Instant time, RecordHeaders headers) {
    consumer.schedulePollTask(
        () ->
            consumer.addRecord(
                new ConsumerRecord<>(
                    TOPIC,
                    partition,
                    offset,
                    time.toEpochMilli(),
                    TimestampType.CREATE_TIME,
                    0,
                    1,
                    null,
                    new byte[] {1},
                    headers,
                    Optional.empty())));
  }

  private static byte[] millis(Instant time) {
    return Long.toString(time.toEpochMilli()).getBytes(UTF_8);
  }

  private OffsetAndTimestamp first(TopicPartition partition, long time) {
    return times.get(partition).entrySet().stream()
        .filter(record -> record.getValue() >= time)
        .findFirst()
        .map(record -> new OffsetAndTimestamp(record.getKey(), record.getValue()))
        .orElse(null);
  }

  private static TopicPartition at(int partition) {
    return new TopicPartition(TOPIC, partition);
  }
}
