package org.marketanalytics.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Job;

/** The job is killed again and again while events come, as it starts and as it runs. */
class JobKilledIT {

  private static final int KILLS = 10;
  private static final int PARTITIONS = 3;
  private static final int START_MILLIS = 8_000;
  private static final int MOST_BATCHES = 8;
  private static final int BATCH_MILLIS = 1_500;

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

      DisorderedRows rows = new DisorderedRows(brokers, 10);
      try (Job killed = job(brokers, "killed");
          Job undisturbed = job(brokers, "undisturbed")) {
        killed.awaitReady();
        undisturbed.awaitReady();
        rows.assertAreOn("killed", seed);
        rows.assertAreOn("undisturbed", seed);
      }
      Job.once(directory.resolve("once"), brokers, DisorderedRows.topics("once"));
      rows.assertAreOn("once", seed);
    }
  }

  private void kill(String brokers, Random random, long seed) throws Exception {
    Set<Integer> batches = new HashSet<>();
    for (int kill = 1; kill <= KILLS; kill++) {
      try (Job job = job(brokers, "killed")) {
        boolean starting = kill % 3 == 0;
        if (!starting) {
          int target = Batches.last(job.checkpoint()) + 1 + random.nextInt(MOST_BATCHES);
          job.awaitReady();
          await("batches")
              .atMost(Duration.ofMinutes(3))
              .until(() -> Batches.last(job.checkpoint()) >= target || !job.isAlive());
        }
        int millis = random.nextInt(starting ? START_MILLIS : BATCH_MILLIS);
        await("the moment")
            .pollDelay(millis, TimeUnit.MILLISECONDS)
            .atMost(millis + 60_000, TimeUnit.MILLISECONDS)
            .until(() -> ProcessHandle.of(job.pid()).isPresent());
        job.kill();
        batches.add(Batches.last(job.checkpoint()));
      }
    }
    assertThat(batches).as("kills between batches, seed %d", seed).hasSizeGreaterThan(3);
  }

  private Job job(String brokers, String name) throws IOException {
    return Job.launch(directory.resolve(name), brokers, DisorderedRows.topics(name));
  }
}
