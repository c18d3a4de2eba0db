package org.marketanalytics.local.drill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Database;
import org.marketanalytics.local.Job;

/**
 * The real processes of one drill, in a folder of their own. What is started again stands where it
 * stood: same folder, same port.
 */
final class Pipeline implements AutoCloseable {

  /** Short, so that a gap is soon longer, and what is final soon is. */
  static final Duration LATENESS = Duration.ofSeconds(10);

  private static final String SLIDE = "1s";

  private static final Duration BOUND = Duration.ofSeconds(5);
  private static final Pattern GAPS = Pattern.compile("(?m)^market_gaps_open(?:\\{.*})? (\\S+)$");
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(BOUND).build();

  private final Path directory;
  private final Map<String, String> settings = new HashMap<>();
  private final Market market;
  private final String input;
  private Broker broker;
  private Database database;
  private Job job;
  private Application application;
  private int restarts;

  private Pipeline(Path directory, Broker broker, Database database, Market market, String input) {
    this.directory = directory;
    this.broker = broker;
    this.database = database;
    this.market = market;
    this.input = input;
  }

  /** Starts all parts; returns when events come and the job runs. */
  static Pipeline start(Path directory, Market.Size size) throws IOException, InterruptedException {
    Broker broker = Broker.start(directory.resolve("broker"), 0);
    Database database = null;
    Market market = null;
    Pipeline pipeline = null;
    try {
      database = Database.start(directory.resolve("database"), 0);
      market = Market.open(directory.resolve("simulator"), size);
      pipeline = new Pipeline(directory, broker, database, market, size.input());
      pipeline.settings.putAll(Application.configuration(broker, database));
      pipeline.settings.putAll(pipeline.feed());
      pipeline.launchJob();
      pipeline.startApplication();
      pipeline.job.awaitReady();
      market.awaitDelivery();
      return pipeline;
    } catch (IOException | InterruptedException | RuntimeException e) {
      closeAll(
          pipeline == null ? null : pipeline.application,
          pipeline == null ? null : pipeline.job,
          market,
          database,
          broker);
      throw e;
    }
  }

  private Map<String, String> feed() {
    return Map.of(
        "MARKET_FEED_URL", market.webSocketUrl(),
        "POLYGON_API_KEY", "drill",
        "MARKET_BACKFILL_DELAY", "1s",
        "MARKET_BACKFILL_EVENTS", input,
        // a link that is half open is found soon, so that many faults fit into a minute
        "CAMEL_COMPONENT_POLYGON_PING_INTERVAL", "1000",
        "CAMEL_COMPONENT_POLYGON_PONG_TIMEOUT", "1000",
        "CAMEL_COMPONENT_POLYGON_RECONNECT_MAX_DELAY", "1000");
  }

  /** Where the checkpoint of a job on this folder will be. */
  static Path checkpoint(Path directory) {
    return Job.checkpoint(directory.resolve("job"));
  }

  Market market() {
    return market;
  }

  Broker broker() {
    return broker;
  }

  Database database() {
    return database;
  }

  Job job() {
    return job;
  }

  /** How often a part that had ended by itself was started again. */
  int restarts() {
    return restarts;
  }

  void killBroker() {
    broker.kill();
  }

  void startBroker() throws IOException, InterruptedException {
    broker = Broker.start(directory.resolve("broker"), broker.port());
  }

  void killDatabase() {
    database.kill();
  }

  void startDatabase() throws IOException, InterruptedException {
    database = Database.start(directory.resolve("database"), database.port());
  }

  void killApplication() {
    application.kill();
  }

  void stopApplication() {
    application.close();
  }

  /** Returns when its routes run. */
  void startApplication() throws IOException, InterruptedException {
    int port = application == null ? 0 : application.port();
    application = Application.start(directory.resolve("application"), port, settings);
  }

  void killJob() {
    job.kill();
  }

  void stopJob() {
    job.close();
  }

  /** Returns at once. */
  void launchJob() throws IOException {
    job =
        Job.launch(
            directory.resolve("job"),
            broker.bootstrapServers(),
            jobSettings("--partitions", "8").toArray(String[]::new));
  }

  /** What decides about rows, and more options of the job or of the reconciliation. */
  List<String> jobSettings(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("--input", input, "--slide", SLIDE, "--lateness", LATENESS.toSeconds() + "s"));
    all.addAll(List.of(more));
    return all;
  }

  /**
   * Starts what ended by itself, as Docker and every service manager would. A part may give up when
   * what it needs is away for long; that must not cost a row.
   */
  void keepAlive() throws IOException, InterruptedException {
    if (!job.isAlive()) {
      restarts++;
      launchJob();
    }
    if (!application.isAlive()) {
      restarts++;
      startApplication();
    }
  }

  /** The processes as they are now, by the name of the part. */
  Map<String, Long> pids() {
    return Map.of(
        "broker", broker.pid(),
        "database", database.pid(),
        "simulator", market.pid(),
        "job", job.pid(),
        "application", application.pid());
  }

  /**
   * How many gaps of the feed are not filled yet.
   *
   * @throws IOException when the application does not say so
   */
  long openGaps() throws IOException, InterruptedException {
    URI metrics = application.metrics();
    HttpResponse<String> response =
        CLIENT.send(
            HttpRequest.newBuilder(metrics).timeout(BOUND).build(),
            HttpResponse.BodyHandlers.ofString());
    Matcher gaps = GAPS.matcher(response.body());
    if (response.statusCode() != 200) {
      throw new IOException(metrics + " answered " + response.statusCode());
    }
    return gaps.find() ? (long) Double.parseDouble(gaps.group(1)) : 0;
  }

  @Override
  public void close() {
    closeAll(application, job, market, database, broker);
  }

  private static void closeAll(
      Application application, Job job, Market market, Database database, Broker broker) {
    if (application != null) {
      application.close();
    }
    if (job != null) {
      job.close();
    }
    if (market != null) {
      market.close();
    }
    if (database != null) {
      database.close();
    }
    broker.close();
  }
}
