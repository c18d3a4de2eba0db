package org.marketanalytics.app.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.marketanalytics.app.ingest.Gap;

/** A gap on its way to be filled: what is to be fetched, and what was. */
final class Fill {
  /** Symbols that a line of the log names at most. */
  private static final int NAMED = 20;

  private final Gap gap;
  private final long beganMillis = System.currentTimeMillis();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong pages = new AtomicLong();
  private final AtomicLong unusable = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private volatile List<Fetch> fetches;
  private volatile int symbols;

  Fill(Gap gap) {
    this.gap = gap;
  }

  Gap gap() {
    return gap;
  }

  boolean planned() {
    return fetches != null;
  }

  /** Names what is to be fetched, once. */
  void plan(Set<String> wanted, BackfillSettings settings) {
    symbols = wanted.size();
    fetches =
        new TreeSet<>(wanted)
            .stream()
                .flatMap(
                    symbol ->
                        Stream.concat(
                            settings.aggregates()
                                ? Stream.of(Fetch.aggregates(settings.cluster(), symbol, gap))
                                : Stream.empty(),
                            settings.trades()
                                ? Stream.of(Fetch.trades(settings.cluster(), symbol, gap))
                                : Stream.empty()))
                .toList();
  }

  /** What is still to be fetched. */
  List<Fetch> open() {
    List<Fetch> planned = fetches;
    return planned == null ? List.of() : planned.stream().filter(fetch -> !fetch.isDone()).toList();
  }

  boolean isDone() {
    return planned() && open().isEmpty();
  }

  /** Whether nothing of it was to be had. */
  boolean isSkipped() {
    return isDone() && skipped.get() > 0 && skipped.get() == fetches.size();
  }

  /** Whether it has been tried for that long. */
  boolean isOver(Duration giveUp) {
    return System.currentTimeMillis() - beganMillis > giveUp.toMillis();
  }

  /** A page is on the topic. */
  void kept(int count) {
    events.addAndGet(count);
    pages.incrementAndGet();
  }

  /** Results of which no event can be made. */
  void unusable(int count) {
    unusable.addAndGet(count);
  }

  /** A symbol was left out; returns how many were. */
  long skip() {
    return skipped.incrementAndGet();
  }

  double seconds() {
    return (System.currentTimeMillis() - beganMillis) / 1e3;
  }

  /** The symbols that are not done. */
  String missing() {
    List<Fetch> open = open();
    String named =
        open.stream().map(Fetch::symbol).distinct().limit(NAMED).collect(Collectors.joining(","));
    return open.size() > NAMED ? named + ",…" : named;
  }

  @Override
  public String toString() {
    return "from=%s to=%s symbols=%d events=%d pages=%d took_s=%.1f skipped=%d unusable=%d"
        .formatted(
            Instant.ofEpochMilli(gap.fromMillis()),
            Instant.ofEpochMilli(gap.toMillis()),
            symbols,
            events.get(),
            pages.get(),
            seconds(),
            skipped.get(),
            unusable.get());
  }
}
