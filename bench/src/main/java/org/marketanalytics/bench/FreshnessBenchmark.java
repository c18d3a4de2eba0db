package org.marketanalytics.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/**
 * How long an event is on its way from the socket to a row that can be read, and how old the row
 * is; the demo measures both.
 */
final class FreshnessBenchmark implements Benchmark {

  @Override
  public String name() {
    return "freshness";
  }

  @Override
  public String description() {
    return "event to readable row at 5,000 trades a second, in the demo";
  }

  @Override
  public List<Result> run(Effort effort, Path folder) throws Exception {
    int[] round = {0};
    return new Comparison(
            System.err,
            new Metric(name() + "-p50", "ms"),
            new Metric(name() + "-p99", "ms"),
            new Metric(name() + "-age-p50", "ms"),
            new Metric(name() + "-age-p99", "ms"))
        .ours(
            () -> {
              boolean counts = round[0] > 0;
              JsonNode summary =
                  DemoRun.run(
                      folder.resolve("demo-" + ++round[0]),
                      "--symbols=500",
                      "--rate=5000",
                      "--for=" + effort.choose(counts ? 45 : 5, 180) + "s");
              return new double[] {
                DemoRun.figure(summary, "socket_to_row_p50_ms"),
                DemoRun.figure(summary, "socket_to_row_p99_ms"),
                DemoRun.figure(summary, "freshness_p50_ms"),
                DemoRun.figure(summary, "freshness_p99_ms")
              };
            })
        .run(effort.choose(2, 4));
  }
}
