package org.marketanalytics.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Database;
import org.marketanalytics.local.Simulator;

/**
 * An application, and a simulator of its own that sends as fast as it takes the events. Both are
 * held while they are not measured.
 *
 * @param topic where the events go
 */
record FedApplication(Simulator simulator, Application application, String topic)
    implements AutoCloseable {

  private static final int MOVING = 10_000;
  private static final Duration PERIOD = Duration.ofMillis(50);

  /**
   * Starts both.
   *
   * @param folder for their logs
   * @param more variables of the application, beside those that join it to the others
   */
  static FedApplication start(
      Path folder, Broker broker, Database database, String topic, Map<String, String> more)
      throws IOException, InterruptedException {
    // the past, as the market's clock runs ahead
    Simulator simulator =
        Simulator.start(
            folder.resolve("simulator"),
            0,
            "--lossless",
            "--speed=max",
            "--clusters=stocks",
            "--symbols=500",
            "--rate=20000",
            "--history=60s",
            "--start=2026-01-05T14:30:00Z");
    Map<String, String> configuration =
        new HashMap<>(IngestBenchmark.feed(broker, database, simulator));
    configuration.put("MARKET_KAFKA_RAW_TOPIC", topic);
    configuration.putAll(more);
    Application application =
        Application.start(folder.resolve("application"), 0, List.of(), configuration);
    Pids.hold(simulator.pid(), application.pid());
    return new FedApplication(simulator, application, topic);
  }

  /** Variables that put other routes in place of the application's. */
  static Map<String, String> naive(String route) {
    return Map.of("CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", "file:bench/naive/" + route);
  }

  /** Events a second, and microseconds of the application's processor time for an event. */
  double[] measure(TopicLog topics, Duration window) throws Exception {
    Pids.release(simulator.pid(), application.pid());
    long before = topics.end(topic);
    // after a pause the link may have to be made again
    Wait.until("events", PERIOD, () -> topics.end(topic) > before + MOVING);
    Stretch stretch = Stretch.begin(List.of(application.pid()));
    long first = topics.end(topic);
    Thread.sleep(window.toMillis());
    double[] figures = stretch.figures(topics.end(topic) - first);
    Pids.hold(simulator.pid(), application.pid());
    return figures;
  }

  @Override
  public void close() {
    // what is held does not end when it is asked to
    application.kill();
    simulator.kill();
  }
}
