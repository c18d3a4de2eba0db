package org.marketanalytics.spark;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The job: reads the raw topic, aggregates, writes the aggregated and the dead-letter topic.
 *
 * <p>Prints {@code job ready} on standard output once the query runs. Exit codes: 0 when it ended
 * as asked, 1 when it cannot start or go on, 2 for bad arguments; the cause is one line on standard
 * error.
 */
public final class MarketAggregationJob {
  private static final Logger LOG = LoggerFactory.getLogger(MarketAggregationJob.class);

  /** Before Spark's own hook (40): the query ends while its Spark is still there. */
  private static final int HOOK_PRIORITY = 100;

  private static final int FAILED = 1;
  private static final int BAD_ARGUMENTS = 2;

  private MarketAggregationJob() {}

  /** Runs the job until it is stopped, or until it has read everything with {@code --once}. */
  public static void main(String[] args) {
    System.exit(run(System.getenv(), args));
  }

  static int run(Map<String, String> environment, String... args) {
    Arguments arguments = new Arguments();
    CommandLine commandLine = new CommandLine(arguments);
    try {
      if (CommandLine.printHelpIfRequested(commandLine.parseArgs(args))) {
        return 0;
      }
      arguments.validate(environment);
    } catch (ParameterException | IllegalArgumentException e) {
      return complain(e.getMessage(), BAD_ARGUMENTS);
    }
    try (MetricsServer metrics = metrics(arguments)) {
      int partitions =
          KafkaTopics.create(
              arguments.log().kafka(),
              arguments.topics(),
              arguments.partitions(),
              arguments.log().startTimeout());
      SparkSession spark = Session.start(arguments.log().master(), arguments.log().uiPort());
      if (metrics != null) {
        spark.streams().addListener(metrics.listener());
      }
      return arguments.files() == null
          ? aggregate(spark, arguments, partitions)
          : aggregateFiles(spark, arguments);
    } catch (StreamingQueryException | TimeoutException | RuntimeException e) {
      if (Failure.isUnexpected(e)) {
        LOG.error("unexpected failure", e);
      }
      return complain(Failure.isDiskFull(e) ? diskFull(arguments) : Failure.sentence(e), FAILED);
    }
  }

  /** The endpoint where one is asked for, or null. */
  private static MetricsServer metrics(Arguments arguments) {
    return arguments.metricsPort() == null
        ? null
        : MetricsServer.start(arguments.metricsHost(), arguments.metricsPort());
  }

  private static int aggregate(SparkSession spark, Arguments arguments, int partitions)
      throws TimeoutException, StreamingQueryException {
    int tasks = Shares.count(spark, arguments.tasks(), partitions, arguments.checkpoint());
    spark.streams().addListener(new ProgressLog(arguments.logEvery()));
    MarketAggregation.prepare(spark);
    Dataset<Row> rows =
        new MarketAggregation(arguments.log().settings(), arguments.topics())
            .apply(new Shares(arguments, partitions, tasks).read(spark));
    StreamingQuery query = writer(rows, arguments).start();
    ShutdownHookManager.get().addShutdownHook(() -> stop(query), HOOK_PRIORITY);
    System.out.println("job ready");
    LOG.info(
        "job ready settings={} checkpoint={} partitions={} tasks={}",
        arguments.log().settings(),
        arguments.checkpoint(),
        partitions,
        tasks);
    query.awaitTermination();
    return 0; // Spark itself is stopped by its hook, after ours: never while a query still needs it
  }

  private static int aggregateFiles(SparkSession spark, Arguments arguments) {
    List<String> files = RecordedFiles.find(arguments.files());
    System.out.println("job ready");
    LOG.info("job ready settings={} files={}", arguments.log().settings(), files.size());
    Dataset<Row> rows =
        new RecordedFiles(
                arguments.log().settings(),
                arguments.topics(),
                arguments.partitions(),
                Instant.now())
            .aggregate(spark, files);
    Map<String, String> kafka = arguments.log().sparkKafka();
    kafka.putIfAbsent("kafka.acks", "all");
    rows.write().format(PackSink.class.getName()).options(kafka).mode(SaveMode.Append).save();
    return 0;
  }

  private static DataStreamWriter<Row> writer(Dataset<Row> rows, Arguments arguments) {
    Map<String, String> kafka = arguments.log().sparkKafka();
    kafka.putIfAbsent("kafka.acks", "all");
    // as the application writes the raw topic: large, compressed requests
    kafka.putIfAbsent("kafka.linger.ms", "5");
    kafka.putIfAbsent("kafka.batch.size", "262144");
    kafka.putIfAbsent("kafka.compression.type", "lz4");
    kafka.putIfAbsent("kafka.buffer.memory", "67108864");
    return rows.writeStream()
        .queryName("market-aggregation")
        .format(PackSink.class.getName())
        .options(kafka)
        .option("checkpointLocation", arguments.checkpoint())
        .outputMode(OutputMode.Update())
        .trigger(
            arguments.once()
                ? Trigger.AvailableNow()
                : Trigger.ProcessingTime(arguments.trigger().toMillis()));
  }

  private static void stop(StreamingQuery query) {
    try {
      query.stop();
    } catch (TimeoutException e) {
      LOG.warn("the query did not stop in time; its checkpoint stands at the last whole batch");
    }
  }

  private static String diskFull(Arguments arguments) {
    String temporary = "java.io.tmpdir=" + System.getProperty("java.io.tmpdir");
    return arguments.checkpoint() == null
        ? "No space left on device: free some under %s and start again".formatted(temporary)
        : "No space left on device: free some under --checkpoint=%s or %s and start again; the job goes on from its checkpoint"
            .formatted(arguments.checkpoint(), temporary);
  }

  private static int complain(String sentence, int exitCode) {
    System.err.println("market-aggregation: " + sentence);
    return exitCode;
  }
}
