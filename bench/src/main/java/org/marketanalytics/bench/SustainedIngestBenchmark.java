package org.marketanalytics.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Database;
import org.marketanalytics.local.LiveHeap;
import org.marketanalytics.local.Simulator;

/**
 * From the socket to the raw topic at a rate that is kept up: what is sent and not on the topic
 * yet, and the heap after a collection, at the beginning and at the end.
 */
final class SustainedIngestBenchmark implements Benchmark {

  /** Trades a second; the aggregates of each second come on top. */
  private static final int RATE = 200_000;

  /** The market goes on while the JVMs warm up; what was sent late by then is caught up. */
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  @Override
  public String name() {
    return "ingest-sustained";
  }

  @Override
  public String description() {
    return "socket to market.raw at 200,000 events a second: rate, growth of the lag and of the heap";
  }

  @Override
  public List<Result> run(Effort effort, Path folder) throws Exception {
    try (Broker broker = Broker.start(folder.resolve("broker"), 0);
        Database database = Database.start(folder.resolve("database"), 0);
        // lossless: what cannot be taken in time is sent later, and shows as a lower rate
        Simulator simulator =
            Simulator.start(
                folder.resolve("simulator"),
                0,
                "--lossless",
                "--clusters=stocks",
                "--symbols=500",
                "--history=60s",
                "--rate=" + RATE);
        Application application =
            Application.start(
                folder.resolve("application"),
                0,
                List.of(),
                IngestBenchmark.feed(broker, database, simulator));
        TopicLog topics = new TopicLog(broker.bootstrapServers())) {
      Wait.until("events", Duration.ofMillis(50), () -> topics.end(TopicLog.RAW) > RATE);
      Thread.sleep(WARM_UP.toMillis());
      double heapBefore = heapMib(application);
      Mark before = mark(simulator, application, topics);
      Thread.sleep(effort.choose(20_000, 60_000));
      Mark after = mark(simulator, application, topics);
      double heapAfter = heapMib(application);
      double seconds = (after.nanos() - before.nanos()) / 1e9;
      System.err.printf(
          "%s events=%d seconds=%.1f lag_before=%d lag_after=%d heap_mib_before=%.0f heap_mib_after=%.0f%n",
          name(),
          after.events() - before.events(),
          seconds,
          before.lag(),
          after.lag(),
          heapBefore,
          heapAfter);
      return List.of(
          result("", "events/s", (after.events() - before.events()) / seconds, RATE),
          result("-lag-growth", "events", (double) (after.lag() - before.lag()), Double.NaN),
          result("-heap-growth", "MiB", heapAfter - heapBefore, Double.NaN));
    }
  }

  /**
   * A moment.
   *
   * @param events on the topic, without the pipeline's own heartbeats
   * @param lag events sent that are not on the topic yet
   */
  private record Mark(long nanos, long events, long lag) {}

  private static Mark mark(Simulator simulator, Application application, TopicLog topics)
      throws Exception {
    long nanos = System.nanoTime();
    // in this order, so that nothing counts as on the topic before it was sent
    long heartbeats = (long) metric(application, "market_heartbeats_total");
    long events = topics.end(TopicLog.RAW) - heartbeats;
    return new Mark(nanos, events, simulator.stats().eventsSent() - events);
  }

  private Result result(String suffix, String unit, double ours, double limit) {
    Samples measured = new Samples();
    measured.add(ours);
    Samples asked = new Samples();
    asked.add(limit);
    return Result.of(new Metric(name() + suffix, unit), measured, asked, new Samples());
  }

  private static double heapMib(Application application) throws IOException, InterruptedException {
    return LiveHeap.bytes(application.pid()) / (1024.0 * 1024.0);
  }

  /** The sum of all series that begin so. */
  private static double metric(Application application, String series) throws IOException {
    try (InputStream in = application.metrics().toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(series))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }
  }
}
