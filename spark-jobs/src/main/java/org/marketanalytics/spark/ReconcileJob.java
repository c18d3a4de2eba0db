package org.marketanalytics.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The proof that the database is right: computes the rows of the raw topic anew, and compares them
 * with both tables.
 *
 * <p>Prints a line a difference, then {@code reconciled rows=N differences=N from=… to=…}. Exit
 * codes: 0 when all is equal, 1 when it is not, 2 for bad arguments, 3 when it cannot be compared;
 * the cause is one line on standard error.
 */
public final class ReconcileJob {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileJob.class);

  private static final int DIFFERENT = 1;
  private static final int BAD_ARGUMENTS = 2;
  private static final int FAILED = 3;

  private ReconcileJob() {}

  /** Compares once. */
  public static void main(String[] args) {
    System.exit(run(System.getenv(), args));
  }

  static int run(Map<String, String> environment, String... args) {
    ReconcileArguments arguments = new ReconcileArguments();
    CommandLine commandLine = new CommandLine(arguments);
    try {
      if (CommandLine.printHelpIfRequested(commandLine.parseArgs(args))) {
        return 0;
      }
      arguments.validate(environment);
    } catch (ParameterException | IllegalArgumentException e) {
      return complain(e.getMessage(), BAD_ARGUMENTS);
    }
    try {
      Reconciliation result = reconcile(arguments, arguments.database(environment));
      print(result);
      if (arguments.summary() != null) {
        write(result, arguments.summary());
      }
      return result.comparison().differences() == 0 ? 0 : DIFFERENT;
    } catch (IOException | RuntimeException e) {
      if (Failure.isUnexpected(e)) {
        LOG.error("unexpected failure", e);
      }
      return complain(Failure.sentence(e), FAILED);
    }
  }

  private static Reconciliation reconcile(ReconcileArguments arguments, StoredRows database) {
    database.requireReadable();
    LogArguments log = arguments.log();
    try (RawLog raw = RawLog.open(log.kafka(), log.rawTopic(), log.startTimeout())) {
      Instant from = from(arguments, raw);
      SparkSession spark = Session.start(log.master(), log.uiPort());
      Dataset<Row> records =
          spark
              .read()
              .format("kafka")
              .options(log.sparkKafka())
              .option("assign", raw.assignment())
              .option("startingOffsets", raw.json(raw.starts(from, log.settings().lateness())))
              .option("endingOffsets", raw.json(raw.ends()))
              .option("includeHeaders", "true")
              .option("failOnDataLoss", "true")
              .load();
      return Reconciliation.of(
          spark,
          MarketAggregation.records(records),
          log.settings(),
          database,
          from,
          arguments.to(),
          arguments.show());
    }
  }

  private static Instant from(ReconcileArguments arguments, RawLog raw) {
    Instant earliest = raw.earliest(arguments.log().settings().lateness());
    if (arguments.from() == null) {
      if (earliest.isAfter(Instant.EPOCH)) {
        LOG.info("the log was cut by retention, so rows are compared from={}", earliest);
      }
      return earliest;
    }
    if (arguments.from().isBefore(earliest)) {
      throw new StartException(
          "--from=%s is not allowed: the log was cut by retention, the earliest is %s"
              .formatted(arguments.from(), earliest),
          null);
    }
    return arguments.from();
  }

  private static void print(Reconciliation result) {
    Comparison comparison = result.comparison();
    comparison.first().forEach(difference -> System.out.println(difference.line()));
    if (comparison.differences() > comparison.first().size()) {
      System.out.printf("and %d more%n", comparison.differences() - comparison.first().size());
    }
    System.out.printf(
        "reconciled rows=%d differences=%d from=%s to=%s%n",
        comparison.rows(), comparison.differences(), result.from(), result.to());
  }

  private static void write(Reconciliation result, Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode summary =
        json.createObjectNode()
            .put("reconcile_rows", result.comparison().rows())
            .put("reconcile_differences", result.comparison().differences())
            .put("from", result.from().toString())
            .put("to", result.to().toString());
    var differences = summary.putArray("differences");
    for (Difference difference : result.comparison().first()) {
      ObjectNode node =
          differences
              .addObject()
              .put("table", difference.table().table())
              .put("symbol", difference.symbol())
              .put(difference.table().timeColumn(), difference.time().toString())
              .put("difference", difference.kind().words());
      var columns = node.putArray("columns");
      difference
          .values()
          .forEach(
              value ->
                  columns
                      .addObject()
                      .put("column", value.column())
                      .put("database", value.database())
                      .put("computed", value.computed()));
    }
    json.writeValue(file.toFile(), summary);
  }

  private static int complain(String sentence, int exitCode) {
    System.err.println("market-reconcile: " + sentence);
    return exitCode;
  }
}
