package org.marketanalytics.bench;

import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A frame of 50 events into records, in one thread of a JVM of its own. */
final class FrameBenchmark implements Benchmark {

  private static final String CLASS_PATH = "java.class.path";

  @Override
  public String name() {
    return "frame";
  }

  @Override
  public String description() {
    return "a frame of 50 events to keyed records, against one look at each of its bytes";
  }

  @Override
  public List<Result> run(Effort effort, Path folder) throws Exception {
    return new Comparison(
            System.err,
            new Metric(name(), "events/s"),
            new Metric(name() + "-allocation", "bytes/event"))
        .ours(() -> measure("ours", effort))
        // it allocates nothing, so there is no ratio
        .limit(() -> new double[] {measure("limit", effort)[0], Double.NaN})
        .run(effort.rounds());
  }

  private static double[] measure(String method, Effort effort) throws Exception {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(FrameWork.class.getName().replace(".", "\\.") + "\\." + method + "$")
        .mode(Mode.Throughput)
        .forks(1)
        .threads(1)
        .warmupIterations(effort.choose(2, 5))
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(effort.choose(2, 5))
        .measurementTime(TimeValue.seconds(1))
        .shouldFailOnError(true)
        .jvmArgsAppend(
            "-Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
        .verbosity(VerboseMode.SILENT)
        .addProfiler(GCProfiler.class);
    String own = System.getProperty(CLASS_PATH);
    // JMH gives its forks this property for a class path: they have the application, this JVM not
    System.setProperty(CLASS_PATH, Built.application() + ":" + own);
    try {
      RunResult run = new Runner(options.build()).runSingle();
      return new double[] {
        run.getPrimaryResult().getScore(),
        run.getSecondaryResults().get("gc.alloc.rate.norm").getScore()
      };
    } finally {
      System.setProperty(CLASS_PATH, own);
    }
  }
}
