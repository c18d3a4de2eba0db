package org.marketanalytics.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Compares the database with what the raw topic says, row by row; a process of its own. */
public final class Reconciliation {

  private static final Duration BOUND = Duration.ofMinutes(30);

  /** It reads once from first to last, beside all the other parts: no heap for a backlog. */
  private static final List<String> JVM =
      Stream.concat(Java.QUICK_START.stream(), Stream.of("-Xmx768m", "-XX:NewRatio=2")).toList();

  private static final String MAIN_CLASS = "org.marketanalytics.spark.ReconcileJob";
  private static final Pattern LAST_LINE =
      Pattern.compile("(?m)^reconciled rows=(\\d+) differences=(\\d+) ");

  private Reconciliation() {}

  /**
   * What came of it.
   *
   * @param exitCode 0 equal, 1 different, 2 bad arguments, 3 not comparable
   * @param rows how many rows were compared, or -1 when none could be
   * @param differences how many of them differ, or -1
   * @param lines what it printed: the first differences, the last line, or why it could not compare
   */
  public record Result(int exitCode, long rows, long differences, List<String> lines) {}

  /**
   * Runs it to its end, as the database's user who may only read.
   *
   * @param directory keeps Spark's temporary files and the log
   * @param bootstrapServers of Kafka
   * @param arguments of its own command line; input, slide and lateness must be those of the job
   * @throws PartFailedException when it is not built, or has not ended after half an hour
   */
  public static Result run(
      Path directory, String bootstrapServers, Database database, String... arguments)
      throws IOException, InterruptedException {
    return run(directory, bootstrapServers, database.jdbcUrl(), database.grafana(), arguments);
  }

  static Result run(
      Path directory,
      String bootstrapServers,
      String jdbcUrl,
      Credentials reader,
      String... arguments)
      throws IOException, InterruptedException {
    Path home = Files.createDirectories(directory.toAbsolutePath());
    Path temporary = home.resolve("tmp");
    Archive.delete(temporary);
    Files.createDirectories(temporary);

    List<String> line = new ArrayList<>(SparkLine.of(JVM, temporary, MAIN_CLASS));
    line.addAll(List.of("--bootstrap-servers", bootstrapServers));
    line.addAll(List.of("--database-url", jdbcUrl));
    line.addAll(List.of("--database-user", reader.user()));
    line.addAll(List.of(arguments));
    Map<String, String> environment =
        Map.of(
            "SPARK_LOCAL_DIRS",
            temporary.toString(),
            "MARKET_DATABASE_PASSWORD",
            reader.password());

    Path log = home.resolve("reconcile.log");
    int exitCode =
        ChildProcess.start(new Command("reconcile", line, home, environment), log).awaitExit(BOUND);
    return result(exitCode, Files.readString(log, StandardCharsets.UTF_8));
  }

  static Result result(int exitCode, String output) {
    List<String> lines = output.lines().filter(Reconciliation::isPrinted).toList();
    Matcher last = LAST_LINE.matcher(output);
    return last.find()
        ? new Result(exitCode, Long.parseLong(last.group(1)), Long.parseLong(last.group(2)), lines)
        : new Result(exitCode, -1, -1, lines);
  }

  /** Rather than logged by Spark, whose lines start with the time, or part of a stack trace. */
  private static boolean isPrinted(String line) {
    return line.matches("(bars|moving_averages|and|reconciled|market-reconcile:) .*");
  }
}
