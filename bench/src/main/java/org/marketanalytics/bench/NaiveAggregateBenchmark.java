package org.marketanalytics.bench;

import java.nio.file.Path;
import java.util.List;
import org.marketanalytics.local.Broker;

/**
 * The job against windows of Spark's SQL, over a topic that is shorter than that of {@link
 * AggregateBenchmark}.
 */
final class NaiveAggregateBenchmark implements Benchmark {

  private static final int SYMBOLS = 10_000;
  private static final int BATCH = 100_000;

  @Override
  public String name() {
    return "aggregate-naive";
  }

  @Override
  public String description() {
    return "market.raw to market.aggregated, 10,000 symbols, against windows of Spark's SQL";
  }

  @Override
  public List<Result> run(Effort effort, Path folder) throws Exception {
    try (Broker broker = Broker.start(folder.resolve("broker"), 0);
        TopicLog topics = new TopicLog(broker.bootstrapServers())) {
      for (String topic : List.of(TopicLog.RAW, TopicLog.AGGREGATED, NaiveAggregation.OUT)) {
        topics.create(topic);
      }
      String kafka = broker.bootstrapServers();
      // not whole batches: Spark makes them a little smaller, and the last would have what is left
      MarketTopic market = new MarketTopic(kafka, SYMBOLS);
      market.write(effort.choose(19, 59));
      long records = market.records();
      int[] round = {0};
      return new Comparison(System.err, new Metric(name(), "events/s"))
          .ours(
              () -> {
                Path own = folder.resolve("job-" + ++round[0]);
                return new double[] {JobRun.over(own, kafka, records, BATCH).eventsPerSecond()};
              })
          .peer(
              () -> {
                Path own = folder.resolve("naive-" + round[0]);
                return new double[] {JobRun.naive(own, kafka, records, BATCH).eventsPerSecond()};
              })
          .runCold(effort.choose(1, 3));
    }
  }
}
