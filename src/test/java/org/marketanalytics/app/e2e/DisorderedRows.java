package org.marketanalytics.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the definition makes of a {@link DisorderedMarket}, against what a job made of it. */
final class DisorderedRows {

  private static final long SLIDE = 5_000;
  private static final Duration LATENESS = Duration.ofMinutes(2);

  private final String bootstrapServers;
  private final List<String> bars;
  private final List<String> averages;
  private final List<String> tooLate;

  /**
   * Reads market.raw, which must have ended.
   *
   * @param minutes that the market was open for, at least
   */
  DisorderedRows(String bootstrapServers, int minutes) throws IOException {
    TimelyRecords records =
        TimelyRecords.of(RawTopic.read(bootstrapServers, "market.raw"), "A", LATENESS);
    Oracle oracle = new Oracle(records::clock, LATENESS);
    for (ConsumerRecord<byte[], byte[]> record : records.timely()) {
      oracle.add(
          RawTopic.key(record), Oracle.Second.of(record.value(), TimelyRecords.received(record)));
    }
    this.bootstrapServers = bootstrapServers;
    this.bars = oracle.bars();
    this.averages = oracle.averages(SLIDE);
    this.tooLate =
        records.tooLate().stream()
            .map(late -> "too-late %d %d".formatted(late.partition(), late.offset()))
            .toList();
    assertThat(bars).hasSizeGreaterThan(30 * minutes).allMatch(bar -> bar.endsWith(",1"));
    assertThat(averages).hasSizeGreaterThan(400 * minutes);
    assertThat(tooLate).hasSizeGreaterThan(10 * minutes);
  }

  /** The topics of a job, so that several can read one market. */
  static String[] topics(String name) {
    return new String[] {"--aggregated-topic", name, "--dead-letter-topic", name + ".dead-letter"};
  }

  /** All columns of all rows and all dead letters, once the job has written them. */
  void assertAreOn(String topic, long seed) {
    await(topic)
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(
            () -> {
              LatestRows rows = LatestRows.read(bootstrapServers, topic);
              assertThat(rows.bars()).as("bars of %s, seed %d", topic, seed).isEqualTo(bars);
              assertThat(rows.averages())
                  .as("averages of %s, seed %d", topic, seed)
                  .isEqualTo(averages);
              assertThat(rows.changedFinals()).as("%s, seed %d", topic, seed).isEmpty();
            });
    // a batch that was done twice wrote its dead letters twice
    assertThat(
            RawTopic.read(bootstrapServers, topic + ".dead-letter").stream()
                .map(
                    letter ->
                        "%s %s %s"
                            .formatted(
                                RawTopic.header(letter, "reason"),
                                RawTopic.header(letter, "source-partition"),
                                RawTopic.header(letter, "source-offset")))
                .distinct())
        .as("dead letters of %s, seed %d", topic, seed)
        .containsExactlyInAnyOrderElementsOf(tooLate);
  }
}
