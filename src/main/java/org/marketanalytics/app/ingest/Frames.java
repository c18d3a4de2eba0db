package org.marketanalytics.app.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.marketanalytics.app.DeadLetter;
import org.marketanalytics.app.OneLine;
import org.marketanalytics.camel.polygon.PolygonConstants;
import org.marketanalytics.camel.polygon.PolygonFrame;
import org.marketanalytics.camel.polygon.PolygonRejection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bean of the ingest route: {@link #split} cuts a frame into records, {@link #sent} and {@link
 * #lost} say what became of them.
 */
public final class Frames {
  private static final Logger LOG = LoggerFactory.getLogger(Frames.class);

  /** Variable: the events that wait for Kafka; absent once it has them. */
  private static final String WAITING = "waiting";

  private final EventKinds kinds;
  private final Counter lostEvents;
  private final Counter lostLetters;
  private final FeedClock clock;
  private final Flow flow;
  private final FrameGaps gaps;
  private final SeenSymbols seen;
  private final byte[] origin;

  Frames(
      MeterRegistry meters,
      FeedClock clock,
      Flow flow,
      FrameGaps gaps,
      SeenSymbols seen,
      String origin) {
    this.kinds = new EventKinds(meters);
    this.lostEvents =
        Counter.builder("market.events.lost")
            .description("events that Kafka did not take in time")
            .register(meters);
    this.lostLetters =
        Counter.builder("market.dead.letters.lost")
            .description("what could not be used, and Kafka did not take as dead letters")
            .register(meters);
    this.clock = clock;
    this.flow = flow;
    this.gaps = gaps;
    this.seen = seen;
    this.origin = origin.getBytes(UTF_8);
  }

  /**
   * Replaces the frame by the list of its records; what is no event is in {@link
   * DeadLetter#REFUSED}.
   */
  public void split(Exchange exchange) {
    byte[] frame = exchange.getMessage().getBody(byte[].class);
    long received = exchange.getMessage().getHeader(PolygonConstants.RECEIVED, Long.class);
    Cut cut = new Cut(exchange.getContext(), frame, received);
    PolygonFrame.split(frame, cut);
    // from here on a failure, too, knows what it loses
    exchange.setVariable(WAITING, new Waiting(cut.tallies, cut.latestMillis));
    exchange.setVariable(DeadLetter.REFUSED, cut.refused.isEmpty() ? null : cut.refused);
    flow.entered();
    gaps.begin();
    if (cut.latestMillis > 0) {
      clock.saw(cut.latestMillis, System.currentTimeMillis());
    }
    gaps.announce(exchange, cut.records);
    exchange.getMessage().setBody(cut.records);
  }

  /** Kafka has the records. */
  public void sent(Exchange exchange) {
    Waiting waiting = exchange.getVariable(WAITING, Waiting.class);
    waiting.tallies.forEach(tally -> kinds.count(tally.ev, tally.events));
    exchange.removeVariable(WAITING);
    gaps.sent(exchange);
    flow.left(System.currentTimeMillis());
  }

  /** Kafka did not take the records, or the dead letters, in time. */
  public void lost(Exchange exchange) {
    Waiting waiting = exchange.getVariable(WAITING, Waiting.class);
    int events = 0;
    if (waiting != null) {
      events = waiting.tallies.stream().mapToInt(tally -> tally.events).sum();
      flow.failed();
      gaps.lost(exchange, waiting.latestMillis);
    }
    lostEvents.increment(events);
    List<?> refused = exchange.getVariable(DeadLetter.REFUSED, List.of(), List.class);
    lostLetters.increment(refused.size());
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    LOG.error(
        "a frame is lost received={} events={} dead_letters={} cause={}",
        exchange.getMessage().getHeader(PolygonConstants.RECEIVED),
        events,
        refused.size(),
        cause == null ? "unknown" : OneLine.of(OneLine.root(cause)));
  }

  /**
   * The events of a frame.
   *
   * @param latestMillis the greatest time of one that is not ahead of its receipt; 0 without any
   */
  private record Waiting(List<Tally> tallies, long latestMillis) {}

  /** The events of one kind in a frame: how many, and what their records share. */
  private static final class Tally {
    private final String ev;
    private final Map<String, Object> headers;
    private int events;

    Tally(String ev, Map<String, Object> headers) {
      this.ev = ev;
      this.headers = headers;
    }
  }

  /** Collects the parts of one frame. */
  private final class Cut implements PolygonFrame.Visitor {
    private final CamelContext context;
    private final byte[] frame;
    private final long receivedMillis;
    private final byte[] received;
    private final List<Message> records = new ArrayList<>();
    private final List<Message> refused = new ArrayList<>();
    private final List<Tally> tallies = new ArrayList<>(2);
    private long latestMillis;

    Cut(CamelContext context, byte[] frame, long receivedMillis) {
      this.context = context;
      this.frame = frame;
      this.receivedMillis = receivedMillis;
      this.received = Long.toString(receivedMillis).getBytes(UTF_8);
    }

    @Override
    public void event(String ev, String symbol, long timeMillis, int offset, int length) {
      byte[] value = Arrays.copyOfRange(frame, offset, offset + length);
      Admission problem = Admission.problem(ev, symbol, timeMillis, receivedMillis, length);
      if (problem != null) {
        refused.add(DeadLetter.of(context, symbol, value, problem.reason(), problem.error()));
        return;
      }
      if (timeMillis <= receivedMillis + FeedClock.AHEAD_MILLIS) {
        // it may be now at the feed, but not later
        latestMillis = Math.max(latestMillis, Math.min(timeMillis, receivedMillis));
      }
      Tally tally = tally(ev);
      tally.events++;
      records.add(RawRecord.event(context, seen.key(symbol), tally.headers, timeMillis, value));
    }

    private Tally tally(String ev) {
      for (Tally tally : tallies) { // one or two
        if (tally.ev.equals(ev)) {
          return tally;
        }
      }
      Tally tally = new Tally(ev, RawRecord.headers(kinds.name(ev), received, origin));
      tallies.add(tally);
      return tally;
    }

    @Override
    public void rejected(PolygonRejection part) {
      refused.add(
          DeadLetter.of(context, part.symbol(), part.bytes(frame), part.reason(), part.error()));
    }
  }
}
