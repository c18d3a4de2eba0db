package org.marketanalytics.spark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /metrics} in Prometheus' text format, and {@code /health} with 200 while the query
 * runs and 503 otherwise.
 */
final class MetricsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 64;

  /** Longest that a client may take to send its request, and to take the answer. */
  private static final String MOST_SECONDS = "5";

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JobMetrics job = new JobMetrics(meters);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          MetricsServer::daemon);
  private final HttpServer server;

  private MetricsServer(HttpServer server) {
    this.server = server;
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    collections.bindTo(meters);
  }

  /**
   * Starts the endpoint and says in the log where it is.
   *
   * @param host name or address to listen on
   * @param port 0 for any free one
   * @throws StartException when it cannot listen there
   */
  static MetricsServer start(String host, int port) {
    // else a client that sends half a request would keep its thread for good
    System.setProperty("sun.net.httpserver.maxReqTime", MOST_SECONDS);
    System.setProperty("sun.net.httpserver.maxRspTime", MOST_SECONDS);
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (IOException | RuntimeException e) {
      throw new StartException(
          "--metrics-host=%s --metrics-port=%d: cannot listen there: %s"
              .formatted(host, port, e.getMessage() == null ? e.toString() : e.getMessage()),
          e);
    }
    MetricsServer metrics = new MetricsServer(server);
    server.createContext("/metrics", exchange -> metrics.answer(exchange, "/metrics"));
    server.createContext("/health", exchange -> metrics.answer(exchange, "/health"));
    server.setExecutor(metrics.threads);
    server.start();
    LOG.info("metrics at {}", metrics.address());
    return metrics;
  }

  /** What counts the batches of a query; to be added to its session's listeners. */
  JobMetrics listener() {
    return job;
  }

  /** The address of the metrics. */
  URI address() {
    String host = server.getAddress().getHostString();
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + literal + ":" + server.getAddress().getPort() + "/metrics");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    collections.close();
    meters.close();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "metrics");
    thread.setDaemon(true);
    return thread;
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        send(exchange, NOT_FOUND, "text/plain", "not found: only /metrics and /health are here\n");
      } else if (path.equals("/metrics")) {
        send(exchange, OK, "text/plain; version=0.0.4", meters.scrape());
      } else if (job.running()) {
        send(exchange, OK, "text/plain", "the query runs\n");
      } else {
        send(exchange, UNAVAILABLE, "text/plain", "the query does not run\n");
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }
}
