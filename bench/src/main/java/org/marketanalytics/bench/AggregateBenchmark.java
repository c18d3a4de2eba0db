package org.marketanalytics.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.marketanalytics.local.Broker;

/**
 * From the raw to the aggregated topic: the job on a topic that is full already, against a loop in
 * one thread and against Kafka Streams, all with the same arithmetic; in large batches as after a
 * pause, and in those of a live market.
 */
final class AggregateBenchmark implements Benchmark {

  private static final int SYMBOLS = 10_000;
  private static final int LARGE_BATCH = 100_000;
  private static final int LIVE_BATCH = 10_000;
  private static final long START_MILLIS = 1_767_614_400_000L;

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
    try (Broker broker = Broker.start(folder.resolve("broker"), 0);
        TopicLog topics = new TopicLog(broker.bootstrapServers())) {
      for (String topic :
          List.of(TopicLog.RAW, TopicLog.AGGREGATED, AggregationLoop.out(), StreamsRun.out())) {
        topics.create(topic);
      }
      long records = fill(broker.bootstrapServers(), SYMBOLS, effort.choose(60, 240));
      Variant variant = new Variant(broker.bootstrapServers(), topics, records, effort);
      List<Result> results = new ArrayList<>();
      results.addAll(variant.run(name(), LARGE_BATCH, folder));
      results.addAll(variant.run(name() + "-live", LIVE_BATCH, folder));
      return results;
    }
  }

  private record Variant(String bootstrapServers, TopicLog topics, long records, Effort effort) {

    List<Result> run(String name, int batch, Path folder) throws Exception {
      int[] round = {0};
      return new Comparison(System.err, new Metric(name, "events/s"))
          .ours(
              () -> {
                Path own = folder.resolve(name + "-job-" + ++round[0]);
                return new double[] {
                  JobRun.over(own, bootstrapServers, records, batch).eventsPerSecond()
                };
              })
          .limit(
              () ->
                  new double[] {
                    new AggregationLoop(bootstrapServers, records, batch).eventsPerSecond()
                  })
          .peer(
              () -> {
                Path own = folder.resolve(name + "-" + round[0]);
                return new double[] {
                  new StreamsRun(own, bootstrapServers, records, batch).eventsPerSecond(topics)
                };
              })
          .run(effort.rounds());
    }
  }

  /** A second of every symbol, for so many seconds; returns the number of records. */
  static long fill(String bootstrapServers, int symbols, int seconds) {
    byte[] ev = "A".getBytes(StandardCharsets.UTF_8);
    byte[] origin = "live".getBytes(StandardCharsets.UTF_8);
    try (RawProducer producer = new RawProducer(bootstrapServers)) {
      for (int second = 0; second < seconds; second++) {
        long startMillis = START_MILLIS + second * 1_000L;
        byte[] received = Long.toString(startMillis + 3_000).getBytes(StandardCharsets.UTF_8);
        for (int number = 0; number < symbols; number++) {
          ProducerRecord<byte[], byte[]> record =
              new ProducerRecord<>(
                  TopicLog.RAW,
                  null,
                  startMillis,
                  MarketSeconds.symbol(number).getBytes(StandardCharsets.UTF_8),
                  MarketSeconds.event(number, startMillis).getBytes(StandardCharsets.UTF_8));
          record.headers().add("ev", ev).add("received", received).add("origin", origin);
          producer.send(record);
        }
      }
      producer.flush();
    }
    return (long) symbols * seconds;
  }
}
