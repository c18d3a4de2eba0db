package org.marketanalytics.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.marketanalytics.local.Job;

/**
 * The job as it is after its first minutes. It runs on from stretch to stretch: a JVM takes some
 * hundred batches until the code of Spark is compiled, and in a day of the market that is nothing.
 */
final class SteadyJob implements AutoCloseable {

  private static final int LIVE_BATCH = 10_000;

  private final Job job;
  private final MarketTopic market;
  private final int batch;

  private SteadyJob(Job job, MarketTopic market, int batch) {
    this.job = job;
    this.market = market;
    this.batch = batch;
  }

  /**
   * Starts the job.
   *
   * @param folder an empty one
   * @param batch most records of one batch
   */
  static SteadyJob start(Path folder, MarketTopic market, int batch) throws Exception {
    Job job =
        Job.start(
            folder,
            market.bootstrapServers(),
            List.of(),
            "--trigger=0ms",
            "--slide=" + Aggregation.SLIDE,
            "--lateness=" + Aggregation.LATENESS,
            "--max-records=" + batch);
    return new SteadyJob(job, market, batch);
  }

  /**
   * Gives the job its first seconds of the market, lets it read on as a live market goes on, so
   * that what Spark does once a batch is compiled, too, and holds it when it has read all.
   *
   * @param seconds to catch up with
   * @param batches of the live market
   */
  void warmUp(int seconds, int batches) throws Exception {
    market.write(seconds);
    awaitAll();
    for (int i = 0; i < batches; i++) {
      market.write(market.secondsOf(Math.min(batch, LIVE_BATCH)));
      awaitAll();
    }
    Pids.hold(job.pid());
  }

  /**
   * Writes the next seconds of the market while the job is held, and measures how it reads them
   * from the end of its first batch on.
   *
   * @param seconds of more than two batches
   */
  JobRun catchUp(int seconds) throws Exception {
    long begin = market.records() + batch;
    market.write(seconds);
    Pids.release(job.pid());
    JobRun run = JobRun.between(job, List.of(job.checkpoint()), begin, market.records());
    Pids.hold(job.pid());
    return run;
  }

  private void awaitAll() throws Exception {
    JobRun.await(job, List.of(job.checkpoint()), market.records());
  }

  /** A held process would not hear that it is to end. */
  @Override
  public void close() throws IOException {
    try (job) {
      Pids.release(job.pid());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
