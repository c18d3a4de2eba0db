package org.marketanalytics.app.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
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

  /** A market with events is not silent for so long. */
  private static final long SILENT_MILLIS = Duration.ofSeconds(2).toMillis();

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
   * come. A connection that is silent may be dead, and what the feed sends be lost, before anyone
   * knows: nothing is complete past its last sign of life.
   */
  public void beat(Exchange exchange) {
    long now = System.currentTimeMillis();
    Optional<LiveLink> link = liveLink(exchange.getContext());
    boolean heldUp = flow.heldUp(now) || link.isEmpty();
    boolean known = heldUp || knowTheBeginning(now);
    OptionalLong millis = clock.millis(now, heldUp);
    boolean due = !heldUp && millis.isPresent() && (known || !gaps.enabled());
    List<Message> records = List.of();
    if (due && gaps.beat(link.orElseThrow().number(), millis.getAsLong(), now)) {
      exchange.getExchangeExtension().addOnCompletion(new Done());
      long silence = link.orElseThrow().silenceMillis();
      records =
          beats.at(
              exchange.getContext(),
              now,
              millis.getAsLong(),
              completeMillis(millis.getAsLong() - silence, silence));
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

  private OptionalLong completeMillis(long lastLifeMillis, long silenceMillis) {
    OptionalLong beforeGaps = gaps.completeMillis();
    if (silenceMillis < SILENT_MILLIS) {
      return beforeGaps;
    }
    return OptionalLong.of(Math.min(lastLifeMillis, beforeGaps.orElse(Long.MAX_VALUE)));
  }

  /** A connection, and how long it had been silent before it was seen to be live. */
  private record LiveLink(long number, long silenceMillis) {}

  /**
   * Empty while the feed is away. The silence is asked for first: were it asked for later, a
   * connection that was made meanwhile would speak for the one before it.
   */
  private static Optional<LiveLink> liveLink(CamelContext context) {
    return context.getRoutes().stream()
        .map(Route::getConsumer)
        .filter(PolygonConsumer.class::isInstance)
        .map(PolygonConsumer.class::cast)
        .flatMap(
            feed -> {
              long silence = feed.getSilenceMillis();
              return feed.getFeedState().equals("LIVE")
                  ? Stream.of(new LiveLink(feed.getSession(), silence))
                  : Stream.empty();
            })
        .max(Comparator.comparingLong(LiveLink::number));
  }

  /** Tells when heartbeats are no longer on their way. */
  private final class Done extends SynchronizationAdapter {
    @Override
    public void onDone(Exchange exchange) {
      gaps.beaten();
    }
  }
}
