package org.marketanalytics.camel.polygon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Routes from a scripted feed, with short times, and what came out of them. */
abstract class PolygonTestSupport extends CamelTestSupport {

  static final String KEY = "k3y-of-the-test";

  static final String TRADE = "[{\"ev\":\"T\",\"sym\":\"AAPL\",\"p\":1.5,\"t\":1788877043000}]";

  final List<String> frames = new CopyOnWriteArrayList<>();
  final LogCapture log = new LogCapture();

  PolygonTestSupport() {
    testConfiguration().withUseRouteBuilder(false);
  }

  /** Shared options: times short enough for tests, long enough for a busy machine. */
  @BeforeEach
  void configure() {
    log.start();
    PolygonConfiguration shared =
        context().getComponent("polygon", PolygonComponent.class).getConfiguration();
    shared.setApiKey(KEY);
    shared.setSymbols("AAPL");
    shared.setChannels("A,T");
    shared.setReconnectInitialDelay(10);
    shared.setReconnectMaxDelay(50);
    shared.setDrainTimeout(5000);
  }

  @AfterEach
  void stopLog() {
    log.stop();
  }

  /** Starts a route that collects the frames of a feed. */
  void collect(ScriptedFeed feed, String options) throws Exception {
    route(feed, options, exchange -> frames.add(exchange.getIn().getBody(String.class)));
  }

  void route(ScriptedFeed feed, String options, Processor processor) throws Exception {
    String separator = options.isEmpty() ? "" : "&";
    route("polygon:stocks?url=" + feed.url() + separator + options, processor);
  }

  void route(String uri, Processor processor) throws Exception {
    context()
        .addRoutes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from(uri).routeId("feed").process(processor);
              }
            });
    context().start();
  }

  PolygonConsumer feedConsumer() {
    return (PolygonConsumer) context().getRoute("feed").getConsumer();
  }

  void awaitLive() {
    awaitUntil(() -> feedConsumer().getFeedState().equals("LIVE"));
  }

  void awaitUntil(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).until(condition);
  }

  void awaitFrames(int count) {
    awaitUntil(() -> frames.size() >= count);
  }

  /** The health check as camel-health shows it. */
  HealthCheck.Result health() {
    return HealthCheckHelper.invoke(context()).stream()
        .filter(result -> result.getCheck().getId().equals("consumer:feed"))
        .findFirst()
        .orElseThrow();
  }

  String downReason() {
    HealthCheck.Result health = health();
    return health.getState() == HealthCheck.State.DOWN ? health.getMessage().orElse("") : "";
  }

  Map<String, Object> healthDetails() {
    return health().getDetails();
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
