package org.marketanalytics.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.marketanalytics.local.Broker;

/**
 * From the raw to the aggregated topic: the job that catches up with what was written while it was
 * held, against a loop in one thread and against Kafka Streams, all with the same arithmetic; in
 * large batches as after a pause, and in those of a live market.
 */
final class AggregateBenchmark implements Benchmark {

  private static final int SYMBOLS = 10_000;

  /** What the job takes at most unless asked for. */
  private static final int LARGE_BATCH = 400_000;

  private static final int LIVE_BATCH = 10_000;

  /** Until a minute is final and forgotten: from then on each takes as much as it brings. */
  private static final int STEADY_SECONDS = 240;

  @Override
  public String name() {
    return "aggregate";
  }

  @Override
  public String description() {
    return "market.raw to market.aggregated, 10,000 symbols, against a plain loop and Kafka Streams";
  }

  @Override
  public List<Result> run(Effort effort, Path folder) throws Exception {
    List<Result> results = new ArrayList<>();
    results.addAll(compare(name(), LARGE_BATCH, effort, folder));
    results.addAll(compare(name() + "-live", LIVE_BATCH, effort, folder));
    return results;
  }

  private static List<Result> compare(String name, int batch, Effort effort, Path folder)
      throws Exception {
    Path own = folder.resolve(name);
    boolean isLarge = batch == LARGE_BATCH;
    int seconds = isLarge ? effort.choose(120, 320) : effort.choose(30, 60);
    int secondsBefore = isLarge ? STEADY_SECONDS : seconds;
    try (Broker broker = Broker.start(own.resolve("broker"), 0);
        TopicLog topics = new TopicLog(broker.bootstrapServers())) {
      String kafka = broker.bootstrapServers();
      for (String topic :
          List.of(TopicLog.RAW, TopicLog.AGGREGATED, AggregationLoop.out(), StreamsRun.out())) {
        topics.create(topic);
      }
      MarketTopic market = new MarketTopic(kafka, SYMBOLS);
      try (SteadyJob job = SteadyJob.start(own.resolve("job"), market, batch)) {
        job.warmUp(STEADY_SECONDS, effort.smallBatches());
        // loop and Kafka Streams begin at the beginning
        long before = (long) secondsBefore * SYMBOLS;
        long records = before + (long) seconds * SYMBOLS - batch;
        int[] round = {0};
        return new Comparison(
                System.err, new Metric(name, "events/s"), new Metric(name + "-rows", "rows/event"))
            .ours(() -> figures(topics, job, seconds))
            .limit(() -> new AggregationLoop(kafka, before, records, batch).figures())
            .peer(
                () -> {
                  Path streams = own.resolve("streams-" + ++round[0]);
                  return new StreamsRun(streams, kafka, before, records, batch).figures(topics);
                })
            .run(effort.rounds());
      }
    }
  }

  /** Its speed, and how much it has written: no contender may be fast by doing less. */
  private static double[] figures(TopicLog topics, SteadyJob job, int seconds) throws Exception {
    long before = topics.end(TopicLog.AGGREGATED);
    double speed = job.catchUp(seconds).eventsPerSecond();
    double rows = topics.end(TopicLog.AGGREGATED) - before;
    return new double[] {speed, rows / ((double) seconds * SYMBOLS)};
  }
}
