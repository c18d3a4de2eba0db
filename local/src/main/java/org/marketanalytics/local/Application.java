package org.marketanalytics.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Camel application, with the routes of the project's folder. */
public final class Application implements AutoCloseable {

  private static final Duration START_BOUND = Duration.ofMinutes(2);
  private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC");

  private final ChildProcess process;
  private final int port;

  private Application(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts the application and returns when its routes run.
   *
   * @param directory for its log
   * @param port of 127.0.0.1 for the page and the metrics; 0 for a free one
   * @param configuration environment variables, such as {@code MARKET_FEED_URL}; see {@link
   *     #configuration}
   * @throws PartFailedException when the port is in use, its jar is not built, or it is not ready
   *     within two minutes; with the end of its log
   */
  public static Application start(Path directory, int port, Map<String, String> configuration)
      throws IOException, InterruptedException {
    return start(directory, port, Java.QUICK_START, configuration);
  }

  /** Like {@link #start(Path, int, Map)}, with more options for its JVM. */
  public static Application start(
      Path directory, int port, List<String> jvm, Map<String, String> configuration)
      throws IOException, InterruptedException {
    int ownPort = Ports.orFree(port);
    Ports.requireFree("application", ownPort);
    Path home = Files.createDirectories(directory.toAbsolutePath());
    List<String> line = new ArrayList<>();
    line.add(Java.executable());
    line.addAll(JVM);
    line.addAll(jvm);
    line.add("-jar");
    line.add(Project.built("src/target/market-analytics.jar").toString());
    Map<String, String> environment = new HashMap<>(configuration);
    environment.put("CAMEL_SERVER_PORT", Integer.toString(ownPort));

    // the routes are files under the project's folder
    ChildProcess process =
        ChildProcess.start(
            new Command("application", line, Project.home(), environment),
            home.resolve("application.log"));
    process.awaitReady(START_BOUND, () -> process.hasLogged("application ready"));
    return new Application(process, ownPort);
  }

  /** The variables that join an application to a broker and a database. */
  public static Map<String, String> configuration(Broker broker, Database database) {
    return Map.of(
        "MARKET_KAFKA_BROKERS", broker.bootstrapServers(),
        "MARKET_DATABASE_URL", database.jdbcUrl(),
        "MARKET_DATABASE_USER", database.writer().user(),
        "MARKET_DATABASE_PASSWORD", database.writer().password(),
        "MARKET_DATABASE_MIGRATION_USER", database.migration().user(),
        "MARKET_DATABASE_MIGRATION_PASSWORD", database.migration().password());
  }

  public int port() {
    return port;
  }

  /** The live page. */
  public URI page() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  /** The metrics, for Prometheus. */
  public URI metrics() {
    return page().resolve("/observe/metrics");
  }

  public long pid() {
    return process.pid();
  }

  /** False once it has ended, for whatever reason. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the application at once, as {@code kill -9} does. */
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
