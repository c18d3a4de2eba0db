package org.marketanalytics.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Job;

/** The job is killed again and again while events come, as it starts and as it runs. */
class JobKilledIT {

  private static final int KILLS = 10;
  private static final int PARTITIONS = 3;
  private static final int START_MILLIS = 8_000;
  private static final int RUN_MILLIS = 12_000;
  private static final long SLIDE = 5_000;
  private static final Duration LATENESS = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void aKilledJobAJobOnceAndAnUndisturbedOneEndInTheRowsOfTheDefinition() throws Exception {
    long seed = Long.getLong("killed.seed", System.nanoTime());
    try (Broker broker = Broker.start(directory.resolve("broker"), 0)) {
      String brokers = broker.bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
        admin.createTopics(List.of(new NewTopic("market.raw", PARTITIONS, (short) 1))).all().get();
      }
      try (DisorderedMarket market = new DisorderedMarket(brokers, PARTITIONS, seed)) {
        kill(brokers, new Random(seed), seed);
        market.end();
      }

      try (Job killed = job(brokers, "killed");
          Job undisturbed = job(brokers, "undisturbed")) {
        killed.awaitReady();
        undisturbed.awaitReady();
        assertRows(brokers, "killed", seed);
        assertRows(brokers, "undisturbed", seed);
      }
      Job.once(directory.resolve("once"), brokers, topics("once"));
      assertRows(brokers, "once", seed);
    }
  }

  private void kill(String brokers, Random random, long seed) throws Exception {
    Set<Integer> batches = new HashSet<>();
    for (int kill = 1; kill <= KILLS; kill++) {
      try (Job job = job(brokers, "killed")) {
        boolean starting = kill % 3 == 0;
        if (!starting) {
          job.awaitReady();
        }
        int millis = random.nextInt(starting ? START_MILLIS : RUN_MILLIS);
        await("the moment")
            .pollDelay(millis, TimeUnit.MILLISECONDS)
            .atMost(millis + 60_000, TimeUnit.MILLISECONDS)
            .until(() -> ProcessHandle.of(job.pid()).isPresent());
        job.kill();
        batches.add(lastBatch(job.checkpoint()));
      }
    }
    assertThat(batches).as("kills between batches, seed %d", seed).hasSizeGreaterThan(3);
  }

  private Job job(String brokers, String name) throws IOException {
    return Job.launch(directory.resolve(name), brokers, topics(name));
  }

  private static String[] topics(String name) {
    return new String[] {"--aggregated-topic", name, "--dead-letter-topic", name + ".dead-letter"};
  }

  /** The number of the last batch that is done; -1 before the first. */
  private static int lastBatch(Path checkpoint) throws IOException {
    Path commits = checkpoint.resolve("commits");
    if (!Files.isDirectory(commits)) {
      return -1;
    }
    try (Stream<Path> files = Files.list(commits)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .mapToInt(Integer::parseInt)
          .max()
          .orElse(-1);
    }
  }

  private static void assertRows(String brokers, String topic, long seed) throws IOException {
    TimelyRecords records = TimelyRecords.of(RawTopic.read(brokers, "market.raw"), "A", LATENESS);
    Oracle oracle = new Oracle(records::clock, LATENESS);
    for (ConsumerRecord<byte[], byte[]> record : records.timely()) {
      oracle.add(
          RawTopic.key(record), Oracle.Second.of(record.value(), TimelyRecords.received(record)));
    }
    List<String> bars = oracle.bars();
    List<String> averages = oracle.averages(SLIDE);
    assertThat(bars).hasSizeGreaterThan(300).allMatch(bar -> bar.endsWith(",1"));
    assertThat(averages).hasSizeGreaterThan(4_000);
    assertThat(records.tooLate()).hasSizeGreaterThan(100);

    await(topic)
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(
            () -> {
              LatestRows rows = LatestRows.read(brokers, topic);
              assertThat(rows.bars()).as("bars of %s, seed %d", topic, seed).isEqualTo(bars);
              assertThat(rows.averages())
                  .as("averages of %s, seed %d", topic, seed)
                  .isEqualTo(averages);
              assertThat(rows.changedFinals()).as("%s, seed %d", topic, seed).isEmpty();
            });
    // a batch that was done twice wrote its dead letters twice
    assertThat(
            RawTopic.read(brokers, topic + ".dead-letter").stream()
                .map(
                    letter ->
                        "%s %s %s"
                            .formatted(
                                RawTopic.header(letter, "reason"),
                                RawTopic.header(letter, "source-partition"),
                                RawTopic.header(letter, "source-offset")))
                .distinct())
        .as("dead letters of %s, seed %d", topic, seed)
        .containsExactlyInAnyOrderElementsOf(
            records.tooLate().stream()
                .map(late -> "too-late %d %d".formatted(late.partition(), late.offset()))
                .toList());
  }
}
