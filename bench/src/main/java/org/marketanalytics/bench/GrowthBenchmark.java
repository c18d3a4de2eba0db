package org.marketanalytics.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.marketanalytics.local.Broker;

/**
 * What an event costs the job as the market grows: as many events of few and of many symbols, which
 * take turns in one job, and in batches as small as 5,000 events a second make them. There is no
 * limit and no peer: the figures are to be compared with each other.
 */
final class GrowthBenchmark implements Benchmark {

  private static final List<Integer> SYMBOLS = List.of(50, 500, 10_000);

  /** What the job takes at most unless asked for. */
  private static final int LARGE_BATCH = 400_000;

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
    int records = effort.choose(1_200_000, 2_000_000);
    List<Result> results = new ArrayList<>();
    List<Metric> large = SYMBOLS.stream().map(symbols -> metric(symbols.toString())).toList();
    results.addAll(measure(large, SYMBOLS, records, LARGE_BATCH, effort, folder.resolve("large")));
    results.addAll(
        measure(
            List.of(metric("slow")),
            List.of(SMALL_SYMBOLS),
            records / 15,
            SMALL_BATCH,
            effort,
            folder.resolve("slow")));
    return results;
  }

  private Metric metric(String suffix) {
    return new Metric(name() + "-" + suffix, "µs of CPU/event");
  }

  /** A figure for each size of the market. */
  private static List<Result> measure(
      List<Metric> metrics, List<Integer> sizes, int records, int batch, Effort effort, Path folder)
      throws Exception {
    try (Broker broker = Broker.start(folder.resolve("broker"), 0);
        TopicLog topics = new TopicLog(broker.bootstrapServers())) {
      topics.create(TopicLog.RAW);
      topics.create(TopicLog.AGGREGATED);
      int most = Collections.max(sizes);
      MarketTopic market = new MarketTopic(broker.bootstrapServers(), most);
      try (SteadyJob job = SteadyJob.start(folder.resolve("job"), market, batch)) {
        job.warmUp(records / most * 2, effort.smallBatches());
        return new Comparison(System.err, metrics.toArray(Metric[]::new))
            .ours(
                () -> {
                  double[] costs = new double[sizes.size()];
                  for (int i = 0; i < costs.length; i++) {
                    market.resize(sizes.get(i));
                    costs[i] = job.catchUp(records / sizes.get(i)).cpuMicrosPerEvent();
                  }
                  return costs;
                })
            .run(effort.choose(2, 4));
      }
    }
  }
}
