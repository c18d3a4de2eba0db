package org.marketanalytics.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.marketanalytics.app.ingest.Frames;
import org.marketanalytics.app.ingest.GapRules;
import org.marketanalytics.app.ingest.Ingest;
import org.marketanalytics.camel.polygon.PolygonConstants;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From a frame to the records for Kafka, by the application's own bean, without input and output;
 * and as the limit one look at each byte.
 */
@State(Scope.Thread)
public class FrameWork {

  static final int EVENTS = 50;
  private static final long NOON = 1_767_614_400_000L;

  private final byte[] frame = MarketSeconds.frame(EVENTS, NOON);
  private final CamelContext context = new DefaultCamelContext();
  private final Frames frames =
      new Ingest(
              new SimpleMeterRegistry(),
              "live",
              Map.of("bootstrap.servers", "127.0.0.1:1"),
              "raw",
              GapRules.NONE)
          .frames();

  /** Starts Camel. */
  @Setup
  public void start() {
    context.start();
  }

  /** Stops Camel. */
  @TearDown
  public void stop() {
    context.stop();
  }

  /** Split, key and header of each event; the exchange that a frame is belongs to it. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public List<?> ours() {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody(frame);
    exchange.getMessage().setHeader(PolygonConstants.RECEIVED, NOON);
    frames.split(exchange);
    List<?> records = exchange.getMessage().getBody(List.class);
    frames.sent(exchange);
    return records;
  }

  /** Reads each byte once. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long limit() {
    long sum = 0;
    for (byte b : frame) {
      sum += b;
    }
    return sum;
  }
}
