package org.marketanalytics.app.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.kafka.common.KafkaException;
import org.marketanalytics.app.OneLine;
import org.marketanalytics.camel.polygon.PolygonConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bean of the heartbeat route: the time at the feed, for every partition of the raw topic, so
 * that the job's clock goes on where a partition or the whole market is silent.
 */
public final class Heartbeats {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

  private final FeedClock clock;
  private final Flow flow;
  private final PartitionCount partitions;
  private final LastRecords earlier;
  private final byte[] origin;
  private final Counter sent;
  private boolean clockSet;
  private boolean complained;

  Heartbeats(
      MeterRegistry meters,
      FeedClock clock,
      Flow flow,
      PartitionCount partitions,
      LastRecords earlier,
      String origin) {
    this.clock = clock;
    this.flow = flow;
    this.partitions = partitions;
    this.earlier = earlier;
    this.origin = origin.getBytes(UTF_8);
    this.sent =
        Counter.builder("market.heartbeats")
            .description("heartbeat records that are on the raw topic")
            .register(meters);
  }

  /**
   * Makes one record a partition. None before the first event of all runs, while the feed is away,
   * and while events wait for Kafka: the time told then could make those late that are still to
   * come.
   */
  public void beat(Exchange exchange) {
    long now = System.currentTimeMillis();
    boolean heldUp = flow.heldUp(now) || !live(exchange.getContext());
    if (!heldUp && !clockSet) {
      setClock(now);
    }
    OptionalLong millis = clock.millis(now, heldUp);
    exchange
        .getMessage()
        .setBody(
            heldUp || millis.isEmpty()
                ? List.<Message>of()
                : beats(exchange.getContext(), now, millis.getAsLong()));
  }

  /** Kafka has the heartbeats. */
  public void sent(Exchange exchange) {
    sent.increment(exchange.getMessage().getBody(List.class).size());
  }

  /** The market may be silent, and no event come that tells the time. */
  private void setClock(long now) {
    try {
      earlier.feedMillis(now).ifPresent(millis -> clock.saw(millis, now));
      clockSet = true;
    } catch (KafkaException e) {
      if (!complained) {
        complained = true;
        LOG.warn(
            "the newest raw records cannot be read; until then only events tell the time at the feed cause={}",
            OneLine.of(OneLine.root(e)));
      }
    }
  }

  private List<Message> beats(CamelContext context, long now, long millis) {
    return IntStream.range(0, partitions.get())
        .mapToObj(partition -> RawRecord.heartbeat(context, partition, now, origin, millis))
        .toList();
  }

  private static boolean live(CamelContext context) {
    return context.getRoutes().stream()
        .anyMatch(
            route ->
                route.getConsumer() instanceof PolygonConsumer feed
                    && feed.getFeedState().equals("LIVE"));
  }
}
