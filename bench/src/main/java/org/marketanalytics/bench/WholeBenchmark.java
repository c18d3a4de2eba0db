package org.marketanalytics.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Database;
import org.marketanalytics.local.Job;
import org.marketanalytics.local.Simulator;

/**
 * Everything at once: the market is made faster step by step until job or database no longer keep
 * up. The limit is what all cores could do if they did nothing but what an event costs.
 */
final class WholeBenchmark implements Benchmark {

  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final int SHORT_STEP_PERCENT = 200;
  private static final int FULL_STEP_PERCENT = 125;
  private static final int GREATEST_RATE = 150_000;

  /** A stage keeps up when it falls behind by less than so many seconds of events in a window. */
  private static final double BEHIND_SECONDS = 1.5;

  /** The simulator makes at least this share of the rate while the machine has room for it. */
  private static final double DELIVERED = 0.9;

  @Override
  public String name() {
    return "whole";
  }

  @Override
  public String description() {
    return "events a second that all parts together keep up with, against cores by time an event";
  }

  @Override
  public List<Result> run(Effort effort, Path folder) throws Exception {
    Metric metric = new Metric(name(), "events/s");
    Samples ours = new Samples();
    Samples limit = new Samples();
    try (Broker broker = Broker.start(folder.resolve("broker"), 0);
        Database database = Database.start(folder.resolve("database"), 0)) {
      int port;
      // only for a port that is the feed's from now on
      try (Simulator first = Simulator.start(folder.resolve("simulator"), 0)) {
        port = first.port();
      }
      try (Job job =
              Job.start(folder.resolve("job"), broker.bootstrapServers(), List.of(), "--slide=1s");
          Application application =
              Application.start(
                  folder.resolve("application"), 0, List.of(), feed(broker, database, port));
          TopicLog topics = new TopicLog(broker.bootstrapServers())) {
        List<Long> pids = List.of(broker.pid(), database.pid(), job.pid(), application.pid());
        Stages stages = new Stages(topics, job.checkpoint(), pids);
        Duration window = Duration.ofSeconds(effort.choose(8, 30));
        int percent = effort.choose(SHORT_STEP_PERCENT, FULL_STEP_PERCENT);
        int firstRate = effort.choose(20_000, 5_000);
        for (int rate = firstRate; rate <= GREATEST_RATE; rate = rate * percent / 100) {
          Step step = step(folder, port, rate, stages, window);
          System.err.printf("whole rate=%d: %s%n", rate, step);
          if (!step.keepsUp(rate)) {
            break;
          }
          ours = new Samples();
          limit = new Samples();
          ours.add(step.eventsPerSecond());
          limit.add(Runtime.getRuntime().availableProcessors() / step.cpuSecondsPerEvent());
        }
      }
    }
    return List.of(Result.of(metric, ours, limit, new Samples()));
  }

  private static Map<String, String> feed(Broker broker, Database database, int port) {
    Map<String, String> configuration = new HashMap<>(Application.configuration(broker, database));
    configuration.put("MARKET_FEED_URL", "ws://127.0.0.1:%d/stocks".formatted(port));
    configuration.put("POLYGON_API_KEY", "bench");
    return configuration;
  }

  private static Step step(Path folder, int port, int rate, Stages stages, Duration window)
      throws Exception {
    try (Simulator simulator =
        Simulator.start(
            folder.resolve("simulator"),
            port,
            "--lossless",
            "--clusters=stocks",
            "--symbols=500",
            "--history=60s",
            "--rate=" + rate)) {
      long before = stages.raw();
      Wait.until(
          "events from port " + simulator.port(), PERIOD, () -> stages.raw() > before + rate * 3L);
      Stages.Look first = stages.look();
      Thread.sleep(window.toMillis());
      return Step.between(first, stages.look());
    }
  }

  /** How far each stage has come. */
  private record Stages(TopicLog topics, Path checkpoint, List<Long> pids) {

    record Look(long nanos, double cpuSeconds, long raw, long read, long aggregated, long stored) {}

    long raw() throws Exception {
      return topics.end(TopicLog.RAW);
    }

    Look look() throws Exception {
      return new Look(
          System.nanoTime(),
          cpuSeconds(),
          raw(),
          JobRun.records(checkpoint),
          topics.end(TopicLog.AGGREGATED),
          topics.committed("market-store", TopicLog.AGGREGATED));
    }

    private double cpuSeconds() throws IOException {
      double sum = 0;
      for (long pid : pids) {
        sum += Pids.cpuSeconds(pid);
      }
      return sum;
    }
  }

  /**
   * What happened in a window.
   *
   * @param jobBehindSeconds by how many seconds of events the job fell back in it
   * @param storeBehindSeconds by how many seconds of rows the database fell back in it
   */
  private record Step(
      double eventsPerSecond,
      double cpuSecondsPerEvent,
      double jobBehindSeconds,
      double storeBehindSeconds) {

    static Step between(Stages.Look first, Stages.Look last) {
      double seconds = (last.nanos() - first.nanos()) / 1e9;
      double events = (last.raw() - first.raw()) / seconds;
      double rows = (last.aggregated() - first.aggregated()) / seconds;
      double job = (last.raw() - first.raw()) - (last.read() - first.read());
      double store = (last.aggregated() - first.aggregated()) - (last.stored() - first.stored());
      return new Step(
          events,
          (last.cpuSeconds() - first.cpuSeconds()) / (last.raw() - first.raw()),
          job / events,
          store / rows);
    }

    boolean keepsUp(int rate) {
      return eventsPerSecond >= rate * DELIVERED
          && jobBehindSeconds < BEHIND_SECONDS
          && storeBehindSeconds < BEHIND_SECONDS;
    }

    @Override
    public String toString() {
      return "events/s=%.0f cpu_us/event=%.1f job_behind_s=%.1f store_behind_s=%.1f"
          .formatted(
              eventsPerSecond, cpuSecondsPerEvent * 1e6, jobBehindSeconds, storeBehindSeconds);
    }
  }
}
