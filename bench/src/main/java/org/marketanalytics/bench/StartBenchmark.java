package org.marketanalytics.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/** How long {@code ./demo} takes until a row can be read, and how much memory. */
final class StartBenchmark implements Benchmark {

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String description() {
    return "./demo on an empty folder: until a new row can be read, and memory of all processes";
  }

  @Override
  public List<Result> run(Effort effort, Path folder) throws Exception {
    int[] round = {0};
    return new Comparison(
            System.err, new Metric(name() + "-ready", "s"), new Metric(name() + "-rss", "MiB"))
        .ours(
            () -> {
              JsonNode summary =
                  DemoRun.run(
                      folder.resolve("demo-" + ++round[0]), "--for=" + effort.choose(5, 60) + "s");
              return new double[] {
                DemoRun.figure(summary, "ready_s"), DemoRun.figure(summary, "rss_mib")
              };
            })
        .run(effort.choose(2, 6));
  }
}
