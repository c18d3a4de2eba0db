package org.marketanalytics.app.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.OptionalLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Route;
import org.apache.camel.support.SynchronizationAdapter;
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
  private final Gaps gaps;
  private final Beginning beginning;
  private final Beats beats;
  private final Counter sent;
  private boolean complained;

  Heartbeats(
      MeterRegistry meters,
      FeedClock clock,
      Flow flow,
      Gaps gaps,
      Beginning beginning,
      Beats beats) {
    this.clock = clock;
    this.flow = flow;
    this.gaps = gaps;
    this.beginning = beginning;
    this.beats = beats;
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
    long link = liveLink(exchange.getContext());
    boolean heldUp = flow.heldUp(now) || link == 0;
    boolean known = heldUp || knowTheBeginning(now);
    OptionalLong millis = clock.millis(now, heldUp);
    boolean due = !heldUp && millis.isPresent() && (known || !gaps.enabled());
    List<Message> records = List.of();
    if (due && gaps.beat(link, millis.getAsLong(), now)) {
      exchange.getExchangeExtension().addOnCompletion(new Done());
      records = beats.at(exchange.getContext(), now, millis.getAsLong(), gaps.completeMillis());
    }
    exchange.getMessage().setBody(records);
  }

  /** Kafka has the heartbeats. */
  public void sent(Exchange exchange) {
    sent.increment(exchange.getMessage().getBody(List.class).size());
  }

  /** The market may be silent, and no event come that tells the time. */
  private boolean knowTheBeginning(long now) {
    try {
      beginning.know(now);
      return true;
    } catch (KafkaException e) {
      if (!complained) {
        complained = true;
        LOG.warn("the newest raw records cannot be read cause={}", OneLine.of(OneLine.root(e)));
      }
      return false;
    }
  }

  /** The number of the connection; 0 when the feed is away. */
  private static long liveLink(CamelContext context) {
    return context.getRoutes().stream()
        .map(Route::getConsumer)
        .filter(PolygonConsumer.class::isInstance)
        .map(PolygonConsumer.class::cast)
        .filter(feed -> feed.getFeedState().equals("LIVE"))
        .mapToLong(PolygonConsumer::getSession)
        .max()
        .orElse(0);
  }

  /** Tells when heartbeats are no longer on their way. */
  private final class Done extends SynchronizationAdapter {
    @Override
    public void onDone(Exchange exchange) {
      gaps.beaten();
    }
  }
}
