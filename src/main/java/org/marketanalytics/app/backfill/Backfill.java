package org.marketanalytics.app.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.marketanalytics.app.OneLine;
import org.marketanalytics.app.ingest.Gap;
import org.marketanalytics.app.ingest.Ingest;
import org.marketanalytics.app.ingest.RawRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bean of the backfill routes. Of one gap after another: {@link #next} names it, {@link #plan}
 * what is to be fetched, {@link #done} closes it. Of each symbol: {@link #more} waits for its turn,
 * {@link #ask} makes the request, {@link #answered} and {@link #failed} take what came of it,
 * {@link #kept} goes on to the next page.
 */
public final class Backfill {
  private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);

  /** Variable: what is fetched of one symbol. */
  private static final String FETCH = "fetch";

  /** Variable: when the request was sent. What comes live after that is newer. */
  private static final String ASKED = "asked";

  /** What was traded lately is asked for, too: before a long weekend, if the gap begins in it. */
  private static final long LATELY_MILLIS = Duration.ofDays(5).toMillis();

  private static final Duration REFUSED_PAUSE = Duration.ofMinutes(1);
  private static final long LONGEST_PAUSE_SECONDS = 3_600;
  private static final byte[] ORIGIN = "backfill".getBytes(UTF_8);

  private final Ingest ingest;
  private final BackfillSettings settings;
  private final MeterRegistry meters;
  private final Pace pace;
  private final Trouble trouble = new Trouble();
  private final Counter events;
  private final Counter filled;
  private final Counter givenUp;
  private volatile Fill fill;
  private volatile double lastSeconds;

  public Backfill(MeterRegistry meters, Ingest ingest, BackfillSettings settings) {
    this.meters = meters;
    this.ingest = ingest;
    this.settings = settings;
    this.pace = new Pace(settings.requestsPerMinute());
    this.events =
        Counter.builder("market.backfill.events")
            .description("fetched events that are on the raw topic")
            .register(meters);
    this.filled =
        Counter.builder("market.gaps.filled").description("gaps that were filled").register(meters);
    this.givenUp =
        Counter.builder("market.gaps.given.up")
            .description("gaps that could not be filled in time")
            .register(meters);
    Gauge.builder("market.backfill.last.duration", () -> lastSeconds)
        .description("how long the last gap that was filled took")
        .baseUnit("seconds")
        .register(meters);
  }

  /** Whether there is a gap to be filled now; gives up one that was tried for too long. */
  public boolean next(Exchange exchange) {
    Optional<Gap> gap =
        settings.enabled() ? ingest.gaps().next(System.currentTimeMillis()) : Optional.empty();
    if (gap.isEmpty()) {
      return false;
    }
    if (fill == null || !fill.gap().equals(gap.get())) {
      fill = new Fill(gap.get());
    }
    done(exchange);
    if (fill != null) {
      exchange.getMessage().setHeader("since", (gap.get().fromMillis() - LATELY_MILLIS) / 1000);
    }
    return fill != null;
  }

  /**
   * Replaces the body, rows of symbols, by what is still to be fetched; without rows the symbols
   * are those subscribed to.
   */
  public void plan(Exchange exchange) {
    if (!fill.planned()) {
      fill.plan(symbols(exchange.getMessage().getBody()), settings);
    }
    exchange.getMessage().setBody(fill.open());
  }

  private Set<String> symbols(Object rows) {
    if (!settings.all()) {
      return Set.copyOf(settings.symbols());
    }
    Set<String> symbols = new TreeSet<>(ingest.symbols());
    if (rows instanceof List<?> list) {
      list.forEach(row -> symbols.add(String.valueOf(((Map<?, ?>) row).get("symbol"))));
    }
    return symbols;
  }

  /** Closes the gap if nothing is left to be fetched, or it was tried for too long. */
  public void done(Exchange exchange) {
    Fill current = fill;
    if (current.isSkipped()) {
      givenUp.increment();
      LOG.error("gap given up, no symbol of it is known to the REST interface {}", current);
    } else if (current.isDone()) {
      lastSeconds = current.seconds();
      filled.increment();
      LOG.info("gap filled {}", current);
    } else if (current.isOver(settings.giveUp())) {
      givenUp.increment();
      LOG.error(
          "gap given up, its bars become final without what is missing {} missing={} cause=\"{}\"",
          current,
          current.missing(),
          trouble.text());
    } else {
      return;
    }
    fill = null;
    trouble.isOver();
    ingest.gaps().close();
  }

  /** Waits until the page may be asked for; false when there is none, or no time left. */
  public boolean more(Exchange exchange) throws InterruptedException {
    Fetch fetch = fetch(exchange);
    return !fetch.isDone()
        && pace.await(
            fetch,
            () ->
                exchange.getContext().isStopping()
                    || exchange.getContext().isStopped()
                    || fill.isOver(settings.giveUp()));
  }

  /** Makes the message a request. */
  public void ask(Exchange exchange) {
    String[] path = fetch(exchange).path().split("\\?", 2);
    Message request = exchange.getMessage();
    request.removeHeaders("*");
    request.setBody(null);
    request.setHeader(Exchange.HTTP_METHOD, "GET");
    request.setHeader(Exchange.HTTP_PATH, path[0]);
    request.setHeader(Exchange.HTTP_QUERY, path.length > 1 ? path[1] : "");
    exchange.setVariable(ASKED, System.currentTimeMillis());
  }

  /** Replaces an answer by the records that it makes, maybe none. */
  public void answered(Exchange exchange) throws IOException {
    int code = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    if (code == 200) {
      take(exchange);
      return;
    }
    Fetch fetch = fetch(exchange);
    long now = System.currentTimeMillis();
    exchange.getMessage().setBody(List.of());
    switch (code) {
      case 429 -> {
        count("limited");
        fetch.failed(now);
        pace.hold(
            retryAfterMillis(exchange).map(wait -> now + wait).orElse(fetch.notBeforeMillis()));
        trouble.is("HTTP 429: more requests than the plan allows", fetch.symbol(), now);
      }
      case 401, 403 -> {
        count("refused");
        pace.hold(now + REFUSED_PAUSE.toMillis());
        trouble.is(
            "HTTP %d: the REST interface refuses the key; does the plan include it?"
                .formatted(code),
            fetch.symbol(),
            now);
      }
      case 400, 404 -> {
        count("rejected");
        fetch.skip();
        if (fill.skip() <= 10) {
          LOG.warn("a symbol is not filled symbol={} cause=\"HTTP {}\"", fetch.symbol(), code);
        }
      }
      default -> fail(exchange, "HTTP " + code);
    }
  }

  private void take(Exchange exchange) throws IOException {
    Fetch fetch = fetch(exchange);
    Page page =
        Page.read(exchange.getMessage().getBody(InputStream.class), fetch.symbol(), fetch.reader());
    count("ok");
    trouble.isOver();
    fill.unusable(page.unusable());
    fetch.received(page);
    byte[] received = exchange.getVariable(ASKED).toString().getBytes(UTF_8);
    byte[] symbol = fetch.symbol().getBytes(UTF_8);
    Map<String, Object> headers = RawRecord.headers(fetch.ev().getBytes(UTF_8), received, ORIGIN);
    List<Message> records =
        page.events().stream()
            .map(
                event ->
                    RawRecord.event(
                        exchange.getContext(), symbol, headers, event.millis(), event.json()))
            .toList();
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(records);
    exchange.setVariable("page", page);
  }

  /** There was no answer, or one that cannot be read. */
  public void failed(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    fail(exchange, cause == null ? "unknown" : OneLine.of(OneLine.root(cause)));
  }

  private void fail(Exchange exchange, String cause) {
    long now = System.currentTimeMillis();
    count("failed");
    fetch(exchange).failed(now);
    trouble.is(cause, fetch(exchange).symbol(), now);
    exchange.getMessage().setBody(List.of());
  }

  /** The records of a page, if one came, are on the topic. */
  public void kept(Exchange exchange) {
    Page page = (Page) exchange.removeVariable("page");
    if (page != null) {
      fill.kept(page.events().size());
      events.increment(page.events().size());
      fetch(exchange).kept();
    }
  }

  /** Why gaps cannot be filled now; empty when they can. */
  String trouble() {
    return trouble.text();
  }

  /** The gap that is known the longest. */
  Optional<Gap> oldest() {
    return ingest.gaps().oldest();
  }

  private void count(String outcome) {
    Counter.builder("market.backfill.requests")
        .description("requests to the REST interface")
        .tag("outcome", outcome)
        .register(meters)
        .increment();
  }

  private static Fetch fetch(Exchange exchange) {
    return exchange.getVariable(FETCH, Fetch.class);
  }

  private static Optional<Long> retryAfterMillis(Exchange exchange) {
    String text = exchange.getMessage().getHeader("Retry-After", "", String.class).strip();
    return text.matches("[0-9]{1,9}")
        ? Optional.of(
            Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_PAUSE_SECONDS)).toMillis())
        : Optional.empty();
  }
}
