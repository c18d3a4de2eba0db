package org.marketanalytics.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Spark cluster on this machine: a master, and workers with one core each, from the jars that the
 * build lays out. A worker starts the executors, which are processes of their own.
 */
public final class Cluster implements AutoCloseable {

  private static final Duration START_BOUND = Duration.ofMinutes(2);
  private static final Pattern ALIVE = Pattern.compile("\"aliveworkers\" : (\\d+)");
  private static final String MASTER = "org.apache.spark.deploy.master.Master";
  private static final String WORKER = "org.apache.spark.deploy.worker.Worker";

  // they only keep count: the work is done in the executors
  private static final List<String> JVM =
      List.of(
          "-Xms64m",
          "-Xmx192m",
          "-XX:TieredStopAtLevel=1",
          // it would want port 6066 of this machine, for nobody
          "-Dspark.master.rest.enabled=false");

  private final Path home;
  private final int port;
  private final int pagePort;
  private final ChildProcess master;
  private final Deque<ChildProcess> workers = new ArrayDeque<>();
  private int started;

  private Cluster(Path home, int port, int pagePort, ChildProcess master) {
    this.home = home;
    this.port = port;
    this.pagePort = pagePort;
    this.master = master;
  }

  /**
   * Starts a cluster and returns when all its workers are there.
   *
   * @param directory for logs, and what the executors leave
   * @param workers 1 or more
   * @throws PartFailedException when Spark is not laid out, or not ready within two minutes; with
   *     the end of a log
   */
  public static Cluster start(Path directory, int workers)
      throws IOException, InterruptedException {
    Path home = Files.createDirectories(directory.toAbsolutePath());
    int port = Ports.free();
    int pagePort = Ports.free();
    ChildProcess master =
        start(home, "master", MASTER, "--port", text(port), "--webui-port", text(pagePort));
    Cluster cluster = new Cluster(home, port, pagePort, master);
    try {
      master.awaitReady(START_BOUND, () -> cluster.aliveWorkers() == 0);
      for (int i = 0; i < workers; i++) {
        cluster.addWorker();
      }
      cluster.awaitWorkers();
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Starts one more worker and returns when it is there. */
  public void startWorker() throws IOException, InterruptedException {
    addWorker();
    awaitWorkers();
  }

  /** Ends the worker that started last at once, as {@code kill -9} does. Its executors follow. */
  public void killWorker() {
    workers.removeLast().kill();
  }

  /** A share of the cluster, for {@link Job}. */
  public Executors executors(int count) {
    return new Executors("spark://127.0.0.1:" + port, count);
  }

  /** The processes of the executors that run, those of the worker that started first at first. */
  public List<ProcessHandle> executors() {
    return workers.stream()
        .flatMap(worker -> ProcessHandle.of(worker.pid()).stream())
        .flatMap(ProcessHandle::children)
        .toList();
  }

  @Override
  public void close() {
    workers.descendingIterator().forEachRemaining(ChildProcess::close);
    master.close();
  }

  private void addWorker() throws IOException {
    String name = "worker-" + ++started;
    workers.addLast(
        start(
            home,
            name,
            WORKER,
            "--cores",
            "1",
            "--memory",
            Executors.MEMORY,
            "--work-dir",
            home.resolve(name).toString(),
            "--webui-port",
            "0",
            executors(1).master()));
  }

  private void awaitWorkers() throws IOException, InterruptedException {
    ChildProcess last = workers.getLast();
    last.awaitReady(START_BOUND, () -> aliveWorkers() == workers.size());
  }

  /** How many workers the master knows; -1 while it does not answer. */
  private int aliveWorkers() {
    try {
      Matcher alive =
          ALIVE.matcher(Http.get(URI.create("http://127.0.0.1:%d/json/".formatted(pagePort))));
      return alive.find() ? Integer.parseInt(alive.group(1)) : -1;
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private static ChildProcess start(Path home, String name, String mainClass, String... arguments)
      throws IOException {
    Path temporary = home.resolve(name + "-tmp");
    Archive.delete(temporary);
    Files.createDirectories(temporary);
    List<String> line = new ArrayList<>(SparkLine.of(JVM, temporary, mainClass));
    line.addAll(List.of("--host", "127.0.0.1"));
    line.addAll(List.of(arguments));
    Map<String, String> environment =
        Map.of(
            "SPARK_HOME",
            Project.built("spark-jobs/target/spark-home").toString(),
            // there is no file RELEASE that would tell
            "SPARK_SCALA_VERSION",
            "2.13",
            "SPARK_LOCAL_IP",
            "127.0.0.1",
            "SPARK_LOCAL_DIRS",
            temporary.toString());
    return ChildProcess.start(
        new Command("spark-" + name, line, home, environment), home.resolve(name + ".log"));
  }

  private static String text(int port) {
    return Integer.toString(port);
  }
}
