package org.marketanalytics.camel.polygon;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each frame of the feed to the route as one exchange, in the order of arrival and
 * asynchronously, with a bounded number and a bounded size in flight.
 */
@ManagedResource(description = "Managed PolygonConsumer")
public class PolygonConsumer extends DefaultConsumer {

  private static final Logger LOG = LoggerFactory.getLogger(PolygonConsumer.class);

  private final PolygonConfiguration options;
  private final AtomicLong framesReceived = new AtomicLong();
  private volatile long lastFrameMillis;
  private volatile InFlight inFlight;
  private volatile Feed feed;
  private ExecutorService threads;

  PolygonConsumer(PolygonEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.options = endpoint.getConfiguration();
  }

  @Override
  public PolygonEndpoint getEndpoint() {
    return (PolygonEndpoint) super.getEndpoint();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    if (options.getApiKey() == null || options.getApiKey().isBlank()) {
      throw new IllegalArgumentException(
          "apiKey is missing; allowed: the key of an account at Polygon (Massive)");
    }
    inFlight = new InFlight(options.getMaxInFlight(), options.getMaxInFlightBytes());
    threads = executors().newCachedThreadPool(this, "polygon-" + options.getCluster());
    feed = new Feed(options, client(), threads, this::hand);
    registerHealthCheck();
    threads.execute(feed); // the feed may be away: the application starts without it
  }

  @Override
  protected void doStop() throws Exception {
    if (inFlight != null) {
      inFlight.close();
    }
    if (threads != null) {
      feed.stop();
      executors().shutdownNow(threads); // the feed closes its link when interrupted
      threads.awaitTermination(options.getDrainTimeout(), TimeUnit.MILLISECONDS);
      threads = null;
      drain();
    }
    super.doStop();
  }

  private void drain() throws InterruptedException {
    if (!inFlight.awaitEmpty(Duration.ofMillis(options.getDrainTimeout()))) {
      LOG.warn(
          "feed={} frames_in_flight={} not finished after {} ms",
          options.getCluster(),
          inFlight.count(),
          options.getDrainTimeout());
    }
  }

  private FeedClient client() throws Exception {
    SSLContextParameters tls = options.getSslContextParameters();
    SSLContext context = tls == null ? null : tls.createSSLContext(getEndpoint().getCamelContext());
    return FeedClient.of(
        options.getMaxFrameSize(), Duration.ofMillis(options.getConnectTimeout()), context);
  }

  private ExecutorServiceManager executors() {
    return getEndpoint().getCamelContext().getExecutorServiceManager();
  }

  private void registerHealthCheck() {
    HealthCheckRepository consumers =
        HealthCheckHelper.getHealthCheckRepository(
            getEndpoint().getCamelContext(), "consumers", HealthCheckRepository.class);
    if (consumers != null) {
      PolygonHealthCheck check = new PolygonHealthCheck(this, getRouteId());
      check.setEnabled(getEndpoint().getComponent().isHealthCheckConsumerEnabled());
      setHealthCheck(check);
    }
  }

  private void hand(byte[] frame, long session) throws InterruptedException {
    if (!inFlight.enter(frame.length)) {
      return; // stopping
    }
    long receivedMillis = ReceptionClock.millis();
    framesReceived.incrementAndGet();
    lastFrameMillis = receivedMillis;
    Exchange exchange = createExchange(false);
    exchange.getIn().setBody(frame);
    exchange.getIn().setHeader(PolygonConstants.RECEIVED, receivedMillis);
    exchange.getIn().setHeader(PolygonConstants.CLUSTER, options.getCluster());
    exchange.getIn().setHeader(PolygonConstants.SESSION, session);
    getAsyncProcessor().process(exchange, doneSync -> done(exchange, frame.length));
  }

  private void done(Exchange exchange, int bytes) {
    inFlight.leave(bytes);
    if (exchange.getException() != null) {
      getExceptionHandler()
          .handleException("Error processing a frame", exchange, exchange.getException());
    }
    releaseExchange(exchange, false);
  }

  FeedState state() {
    Feed current = feed;
    return current == null ? FeedState.of(FeedState.Phase.STOPPED, "not started") : current.state();
  }

  @ManagedAttribute(description = "Frames handed to the route since the consumer was made")
  public long getFramesReceived() {
    return framesReceived.get();
  }

  @ManagedAttribute(description = "Links made anew since the start")
  public long getReconnects() {
    Feed current = feed;
    return current == null ? 0 : current.reconnects();
  }

  @ManagedAttribute(
      description =
          "Number of the last connection, as the header CamelPolygonSession has it; 0 before the first")
  public long getSession() {
    Feed current = feed;
    return current == null ? 0 : current.session();
  }

  @ManagedAttribute(
      description =
          "Milliseconds since the last connection gave a sign of life (a frame or the answer to a ping); whatever the feed sent before that has arrived")
  public long getSilenceMillis() {
    Feed current = feed;
    return current == null ? 0 : current.silence().toMillis();
  }

  @ManagedAttribute(description = "Frames the route is working on")
  public int getFramesInFlight() {
    InFlight current = inFlight;
    return current == null ? 0 : current.count();
  }

  @ManagedAttribute(description = "Bytes of the frames the route is working on")
  public long getBytesInFlight() {
    InFlight current = inFlight;
    return current == null ? 0 : current.bytes();
  }

  @ManagedAttribute(description = "When the last frame came, as an ISO instant; empty if none has")
  public String getLastFrameTime() {
    return lastFrameMillis == 0 ? "" : Instant.ofEpochMilli(lastFrameMillis).toString();
  }

  @ManagedAttribute(
      description = "STOPPED, CONNECTING, AUTHENTICATING, SUBSCRIBING, LIVE or WAITING")
  public String getFeedState() {
    return state().phase().name();
  }

  @ManagedAttribute(description = "Why the feed is not live; empty when it is")
  public String getFeedReason() {
    return state().reason();
  }
}
