package org.marketanalytics.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Spark job, with Spark inside it ({@code local[*]} unless the arguments say otherwise), or on
 * a {@link Cluster}.
 */
public final class Job implements AutoCloseable {

  private static final Duration START_BOUND = Duration.ofMinutes(2);
  private static final Duration ONCE_BOUND = Duration.ofMinutes(5);
  private static final Duration FILES_BOUND = Duration.ofMinutes(30);
  private static final String MAIN_CLASS = "org.marketanalytics.spark.MarketAggregationJob";

  private final ChildProcess process;
  private final Path checkpoint;
  private final int metricsPort;

  private Job(ChildProcess process, Path checkpoint, int metricsPort) {
    this.process = process;
    this.checkpoint = checkpoint;
    this.metricsPort = metricsPort;
  }

  /**
   * Starts the job and returns when its query runs.
   *
   * @param directory keeps the checkpoint, with which a second start goes on, Spark's temporary
   *     files and the log
   * @param bootstrapServers of Kafka
   * @param arguments of its own command line, without {@code --bootstrap-servers}, {@code
   *     --checkpoint} and {@code --metrics-port}
   * @throws PartFailedException when it is not built, or not ready within two minutes; with the end
   *     of its log
   */
  public static Job start(Path directory, String bootstrapServers, String... arguments)
      throws IOException, InterruptedException {
    return start(directory, bootstrapServers, Java.QUICK_START, arguments);
  }

  /** Like {@link #start(Path, String, String...)}, with more options for its JVM. */
  public static Job start(
      Path directory, String bootstrapServers, List<String> jvm, String... arguments)
      throws IOException, InterruptedException {
    Job job = launch(directory, bootstrapServers, jvm, arguments);
    job.awaitReady();
    return job;
  }

  /**
   * Like {@link #start(Path, String, List, String...)}, with another program in place of the job.
   *
   * @param jar has the program; the job's jar and Spark are on the class path, too
   * @param mainClass takes the same arguments, and prints {@code job ready}
   */
  public static Job start(
      Path directory, String bootstrapServers, Path jar, String mainClass, String... arguments)
      throws IOException, InterruptedException {
    Path temporary = emptyTemporary(directory);
    List<String> line = SparkLine.of(Java.THROUGHPUT, temporary, mainClass, jar);
    Job job = launch(directory.toAbsolutePath(), bootstrapServers, temporary, line, arguments);
    job.awaitReady();
    return job;
  }

  /**
   * Starts the job and returns at once, while it still boots; see {@link #awaitReady}.
   *
   * @throws PartFailedException when it is not built
   */
  public static Job launch(Path directory, String bootstrapServers, String... arguments)
      throws IOException {
    return launch(directory, bootstrapServers, Java.QUICK_START, arguments);
  }

  /** Like {@link #launch(Path, String, String...)}, with the work done on a cluster. */
  public static Job launch(
      Path directory, String bootstrapServers, Executors executors, String... arguments)
      throws IOException {
    Path temporary = emptyTemporary(directory);
    List<String> line = SparkLine.on(executors, Java.QUICK_START, temporary, MAIN_CLASS);
    return launch(directory.toAbsolutePath(), bootstrapServers, temporary, line, arguments);
  }

  /**
   * Runs the job on what is on the raw topic now ({@code --once}), to its end.
   *
   * @throws PartFailedException when it fails, or has not ended after five minutes; with the end of
   *     its log
   */
  public static void once(Path directory, String bootstrapServers, String... arguments)
      throws IOException, InterruptedException {
    launch(directory, bootstrapServers, once(arguments)).process.awaitSuccess(ONCE_BOUND);
  }

  /** Like {@link #once(Path, String, String...)}, with the work done on a cluster. */
  public static void once(
      Path directory, String bootstrapServers, Executors executors, String... arguments)
      throws IOException, InterruptedException {
    launch(directory, bootstrapServers, executors, once(arguments))
        .process
        .awaitSuccess(ONCE_BOUND);
  }

  private static String[] once(String... arguments) {
    return Stream.concat(Stream.of(arguments), Stream.of("--once")).toArray(String[]::new);
  }

  private static Job launch(
      Path directory, String bootstrapServers, List<String> jvm, String... arguments)
      throws IOException {
    Path temporary = emptyTemporary(directory);
    List<String> line = SparkLine.of(jvm, temporary, MAIN_CLASS);
    return launch(directory.toAbsolutePath(), bootstrapServers, temporary, line, arguments);
  }

  /** What a job that was killed left there is of no use to the next one. */
  private static Path emptyTemporary(Path directory) throws IOException {
    Path temporary = directory.toAbsolutePath().resolve("tmp");
    Archive.delete(temporary);
    return Files.createDirectories(temporary);
  }

  private static Job launch(
      Path home, String bootstrapServers, Path temporary, List<String> program, String... arguments)
      throws IOException {
    Path checkpoint = checkpoint(home);
    List<String> line = new ArrayList<>(program);
    line.addAll(List.of("--bootstrap-servers", bootstrapServers));
    line.addAll(List.of("--checkpoint", checkpoint.toString()));
    int metricsPort = Ports.free();
    line.addAll(List.of("--metrics-port", Integer.toString(metricsPort)));
    line.addAll(List.of(arguments));

    Map<String, String> environment = Map.of("SPARK_LOCAL_DIRS", temporary.toString());
    ChildProcess process =
        ChildProcess.start(new Command("job", line, home, environment), home.resolve("job.log"));
    return new Job(process, checkpoint, metricsPort);
  }

  /**
   * Returns when the query runs.
   *
   * @throws PartFailedException when that is not so within two minutes; with the end of the log
   */
  public void awaitReady() throws IOException, InterruptedException {
    process.awaitReady(START_BOUND, () -> process.hasLogged("job ready"));
  }

  /**
   * Runs the job over recorded files, to its end.
   *
   * @param files as {@code --files} takes them
   * @param arguments of its own command line
   * @throws PartFailedException when it is not built, fails, or has not ended after half an hour
   */
  public static void runFiles(
      Path directory, String bootstrapServers, String files, String... arguments)
      throws IOException, InterruptedException {
    Path home = Files.createDirectories(directory.toAbsolutePath());
    Path temporary = Files.createDirectories(home.resolve("tmp"));
    List<String> line = new ArrayList<>(SparkLine.of(Java.QUICK_START, temporary, MAIN_CLASS));
    line.addAll(List.of("--bootstrap-servers", bootstrapServers, "--once", "--files", files));
    line.addAll(List.of(arguments));
    Map<String, String> environment = Map.of("SPARK_LOCAL_DIRS", temporary.toString());
    ChildProcess.start(new Command("job", line, home, environment), home.resolve("job.log"))
        .awaitSuccess(FILES_BOUND);
  }

  /** The checkpoint of a job on this directory. */
  public static Path checkpoint(Path directory) {
    return directory.resolve("checkpoint");
  }

  /** Where the job keeps its offsets and state. */
  public Path checkpoint() {
    return checkpoint;
  }

  /** The metrics, for Prometheus. */
  public URI metrics() {
    return URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
  }

  public long pid() {
    return process.pid();
  }

  /** Where its output goes. */
  public Path log() {
    return process.log();
  }

  /** False once it has ended, for whatever reason. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the job at once, as {@code kill -9} does. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }

  ChildProcess process() {
    return process;
  }
}
