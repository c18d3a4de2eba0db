package org.marketanalytics.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Cluster;
import org.marketanalytics.local.Job;

/** The job on a real cluster of a master and two workers, beside the job in one process. */
class ClusterIT {

  private static final int PARTITIONS = 3;
  private static final int MINUTES = 4;
  private static final Duration BOUND = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void oneExecutorTwoExecutorsKilledOnesAndNoneEndInTheRowsOfTheDefinition() throws Exception {
    long seed = Long.getLong("cluster.seed", System.nanoTime());
    try (Broker broker = Broker.start(directory.resolve("broker"), 0);
        Cluster cluster = Cluster.start(directory.resolve("cluster"), 2)) {
      String brokers = broker.bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
        admin.createTopics(List.of(new NewTopic("market.raw", PARTITIONS, (short) 1))).all().get();
      }

      DisorderedRows rows;
      try (DisorderedMarket market = new DisorderedMarket(brokers, PARTITIONS, seed);
          Job killed =
              Job.launch(
                  directory.resolve("killed"),
                  brokers,
                  cluster.executors(2),
                  arguments("killed"))) {
        killed.awaitReady();
        awaitBatches(killed, 3);
        killAnExecutor(cluster);
        awaitBatches(killed, 3);
        killAWorker(cluster);
        awaitBatches(killed, 3);
        await("a market").atMost(BOUND).until(() -> market.lasted().toMinutes() >= MINUTES);
        market.end();
        rows = new DisorderedRows(brokers, MINUTES);
        rows.assertAreOn("killed", seed);
      }
      await("end of the executors").atMost(BOUND).until(() -> cluster.executors().isEmpty());
      cluster.startWorker();

      Job.once(directory.resolve("one"), brokers, cluster.executors(1), arguments("one"));
      rows.assertAreOn("one", seed);
      Job.once(directory.resolve("two"), brokers, cluster.executors(2), arguments("two"));
      rows.assertAreOn("two", seed);
      Job.once(directory.resolve("none"), brokers, DisorderedRows.topics("none"));
      rows.assertAreOn("none", seed);
    }
  }

  /** A worker starts another one in its place. */
  private static void killAnExecutor(Cluster cluster) {
    List<ProcessHandle> before = cluster.executors();
    assertThat(before).hasSize(2);
    assertThat(before.get(0).destroyForcibly()).isTrue();
    await("another executor")
        .atMost(BOUND)
        .until(() -> cluster.executors().size() == 2 && !cluster.executors().equals(before));
  }

  /** Its executor goes with it; the other one does all the work. */
  private static void killAWorker(Cluster cluster) {
    List<ProcessHandle> before = cluster.executors();
    cluster.killWorker();
    await("end of its executor").atMost(BOUND).until(() -> !before.get(1).isAlive());
    assertThat(cluster.executors()).containsExactly(before.get(0));
  }

  /** That many more than there are now. */
  private static void awaitBatches(Job job, int more) throws Exception {
    int now = Batches.last(job.checkpoint());
    await("batches")
        .atMost(BOUND)
        .until(() -> Batches.last(job.checkpoint()) >= now + more && job.isAlive());
  }

  /** Two tasks share the partitions, also where one executor does them one after the other. */
  private static String[] arguments(String name) {
    return Stream.concat(Stream.of(DisorderedRows.topics(name)), Stream.of("--tasks", "2"))
        .toArray(String[]::new);
  }
}
