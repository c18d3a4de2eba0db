package org.marketanalytics.app.backfill;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.marketanalytics.app.ingest.Gap;

/** What is fetched of one symbol for one gap: page after page, each until it is there. */
final class Fetch {
  /** Results of a page: bounds the memory that pages on their way to Kafka take. */
  private static final int PAGE = 5_000;

  private static final long SECOND_MILLIS = 1_000;
  private static final long NANOS_OF_A_MILLI = 1_000_000;
  private static final long LONGEST_PAUSE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final String symbol;
  private final String ev;
  private final ResultReader reader;
  private String path;
  private Optional<String> next = Optional.empty();
  private int failures;
  private long notBeforeMillis;

  private Fetch(String symbol, String ev, ResultReader reader, String path) {
    this.symbol = symbol;
    this.ev = ev;
    this.reader = reader;
    this.path = path;
  }

  /** The seconds that start in the gap. */
  static Fetch aggregates(FeedCluster cluster, String symbol, Gap gap) {
    long from = Math.floorDiv(gap.fromMillis(), SECOND_MILLIS) * SECOND_MILLIS;
    return new Fetch(
        symbol,
        cluster.aggregates(),
        new AggregateEvents(cluster),
        "/v2/aggs/ticker/%s/range/1/second/%d/%d?adjusted=false&sort=asc&limit=%d"
            .formatted(segment(cluster.ticker(symbol)), from, gap.toMillis(), PAGE));
  }

  /** The trades made in the gap. */
  static Fetch trades(FeedCluster cluster, String symbol, Gap gap) {
    return new Fetch(
        symbol,
        cluster.trades(),
        new TradeEvents(cluster),
        "/v3/trades/%s?timestamp.gte=%d&timestamp.lt=%d&order=asc&sort=timestamp&limit=%d"
            .formatted(
                segment(cluster.ticker(symbol)),
                gap.fromMillis() * NANOS_OF_A_MILLI,
                gap.toMillis() * NANOS_OF_A_MILLI,
                PAGE));
  }

  private static String segment(String ticker) {
    return URLEncoder.encode(ticker, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%3A", ":");
  }

  String symbol() {
    return symbol;
  }

  /** The kind of its events. */
  String ev() {
    return ev;
  }

  ResultReader reader() {
    return reader;
  }

  synchronized boolean isDone() {
    return path == null;
  }

  /** Path and query of the page that is asked for. */
  synchronized String path() {
    return path;
  }

  /** Until when it is not to be asked for, by the wall clock. */
  synchronized long notBeforeMillis() {
    return notBeforeMillis;
  }

  /** A page came; {@link #kept} tells that its events are safe. */
  synchronized void received(Page page) {
    next = page.next();
  }

  /** The events of the page are on the topic. */
  synchronized void kept() {
    path = next.orElse(null);
    next = Optional.empty();
    failures = 0;
  }

  /** No answer: pauses that double from a second to a minute, less up to a half by chance. */
  synchronized void failed(long nowMillis) {
    long pause = Math.min(LONGEST_PAUSE_MILLIS, SECOND_MILLIS << Math.min(failures++, 10));
    notBeforeMillis = nowMillis + ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
  }

  /** There is nothing to be had. */
  synchronized void skip() {
    path = null;
  }
}
