package org.marketanalytics.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.marketanalytics.local.Broker;

/**
 * What an event costs the job as the market grows: as many events of few and of many symbols, and
 * in batches as small as 5,000 events a second make them. There is no limit and no peer: the
 * figures are to be compared with each other.
 */
final class GrowthBenchmark implements Benchmark {

  /** What the job takes at most unless asked for. */
  private static final int LARGE_BATCH = 200_000;

  /** Of 5,000 events a second, five batches a second. */
  private static final int SMALL_BATCH = 1_000;

  private static final int SMALL_SYMBOLS = 500;

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public String description() {
    return "the job's processor time for an event, with 50, 500 and 10,000 symbols";
  }

  @Override
  public List<Result> run(Effort effort, Path folder) throws Exception {
    int records = effort.choose(800_000, 2_000_000);
    List<Result> results = new ArrayList<>();
    for (int symbols : List.of(50, 500, 10_000)) {
      String name = "%s-%d".formatted(name(), symbols);
      results.addAll(measure(name, symbols, records, LARGE_BATCH, effort, folder));
    }
    results.addAll(
        measure(name() + "-slow", SMALL_SYMBOLS, records / 10, SMALL_BATCH, effort, folder));
    return results;
  }

  private static List<Result> measure(
      String name, int symbols, int records, int batch, Effort effort, Path folder)
      throws Exception {
    Path own = folder.resolve(name);
    int seconds = records / symbols;
    try (Broker broker = Broker.start(own.resolve("broker"), 0);
        TopicLog topics = new TopicLog(broker.bootstrapServers())) {
      topics.create(TopicLog.RAW);
      topics.create(TopicLog.AGGREGATED);
      MarketTopic market = new MarketTopic(broker.bootstrapServers(), symbols);
      try (SteadyJob job = SteadyJob.start(own.resolve("job"), market, batch)) {
        job.warmUp(seconds * 2, effort.choose(100, 300));
        return new Comparison(System.err, new Metric(name, "µs of CPU/event"))
            .ours(() -> new double[] {job.catchUp(seconds).cpuMicrosPerEvent()})
            .run(effort.choose(2, 4));
      }
    }
  }
}
