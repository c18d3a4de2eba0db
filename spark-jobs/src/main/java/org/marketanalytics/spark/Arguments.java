package org.marketanalytics.spark;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of the job. */
@Command(
    name = "market-aggregation",
    description = "Bars and moving averages of the events on market.raw.",
    mixinStandardHelpOptions = true,
    version = "1.0.0",
    sortOptions = false,
    showDefaultValues = true)
final class Arguments {
  private static final Duration LONGEST_TRIGGER = Duration.ofMinutes(1);

  @Mixin private LogArguments log;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description =
          "Where the offsets and the state are kept; a folder, or any URL that Hadoop reads.")
  private String checkpoint;

  @Option(
      names = "--aggregated-topic",
      defaultValue = "market.aggregated",
      description = "Topic of bars and averages.")
  private String aggregatedTopic;

  @Option(
      names = "--dead-letter-topic",
      defaultValue = "market.dead-letter",
      description = "Topic of records that cannot be used.")
  private String deadLetterTopic;

  @Option(
      names = "--trigger",
      defaultValue = "200ms",
      converter = DurationConverter.class,
      description = "Least time from one batch to the next: 0ms to 1m.")
  private Duration trigger;

  @Option(names = "--once", description = "Read what is there, write it and end.")
  private boolean once;

  @Option(
      names = "--files",
      split = ",",
      paramLabel = "PATH",
      description =
          "With --once: read recorded events (a JSON object or an array of them a line, plain or"
              + " gzip) instead of the raw topic; files, folders or globs.")
  private List<String> files;

  @Option(
      names = "--max-records",
      defaultValue = "400000",
      description =
          "Most records of one batch, all partitions together; bounds the memory that a backlog"
              + " takes, as the records of a batch are held at once: 1 or more.")
  private long maxRecords;

  @Option(
      names = "--partitions",
      defaultValue = "8",
      description = "Partitions of a topic that is missing and made by the job.")
  private int partitions;

  @Option(
      names = "--tasks",
      defaultValue = "0",
      description =
          "How many tasks share the raw topic's partitions, so how many cores work at a time: 1 to"
              + " 1000, at most one a partition. 0 for one a core of this machine, or a partition on"
              + " a cluster, but at most 8. A checkpoint keeps the number of its first run.")
  private int tasks;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Port of /metrics (Prometheus) and /health; 0 for any free one, which the log names."
              + " Default: none, so that two jobs on a machine never want the same.")
  private Integer metricsPort;

  @Option(
      names = "--metrics-host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Where that port listens; 0.0.0.0 for every network of the machine.")
  private String metricsHost;

  @Option(
      names = "--log-every",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "Time between two lines of progress in the log.")
  private Duration logEvery;

  /**
   * Checks what one option's type alone does not.
   *
   * @throws IllegalArgumentException naming option, value and what is allowed
   */
  void validate(Map<String, String> environment) {
    log.validate(environment);
    topics();
    if (files == null) {
      require(
          checkpoint != null && !checkpoint.isBlank(),
          "--checkpoint",
          checkpoint == null ? "(none)" : checkpoint,
          "a folder or a URL is required, unless --files are read");
      require(isPath(checkpoint), "--checkpoint", checkpoint, "a folder or a URL");
    } else {
      require(once, "--files", String.join(",", files), "only with --once");
      require(
          checkpoint == null,
          "--checkpoint",
          checkpoint,
          "none with --files, which are read from first to last each time");
    }
    require(trigger.compareTo(LONGEST_TRIGGER) <= 0, "--trigger", trigger, "0ms to 1m");
    require(maxRecords > 0, "--max-records", maxRecords, "1 or more");
    require(partitions > 0 && partitions <= 10_000, "--partitions", partitions, "1 to 10000");
    require(tasks >= 0 && tasks <= 1_000, "--tasks", tasks, "0 to 1000");
    require(
        metricsPort == null || (metricsPort >= 0 && metricsPort <= 65_535),
        "--metrics-port",
        metricsPort,
        "0 to 65535");
  }

  Topics topics() {
    return new Topics(log.rawTopic(), aggregatedTopic, deadLetterTopic);
  }

  /** What is read and how it is computed. */
  LogArguments log() {
    return log;
  }

  /** Recorded files to read instead of the raw topic, or null. */
  List<String> files() {
    return files;
  }

  String checkpoint() {
    return checkpoint;
  }

  Duration trigger() {
    return trigger;
  }

  boolean once() {
    return once;
  }

  long maxRecords() {
    return maxRecords;
  }

  int partitions() {
    return partitions;
  }

  int tasks() {
    return tasks;
  }

  /** The endpoint of the metrics, or null for none. */
  Integer metricsPort() {
    return metricsPort;
  }

  String metricsHost() {
    return metricsHost;
  }

  Duration logEvery() {
    return logEvery;
  }

  private static boolean isPath(String text) {
    try {
      new Path(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static void require(boolean condition, String option, Object value, String allowed) {
    if (!condition) {
      throw new IllegalArgumentException(
          "%s=%s is not allowed: %s".formatted(option, value, allowed));
    }
  }
}
