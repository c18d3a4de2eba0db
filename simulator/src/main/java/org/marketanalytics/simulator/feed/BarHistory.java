package org.marketanalytics.simulator.feed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongPredicate;
import org.marketanalytics.simulator.market.Bar;
import org.marketanalytics.simulator.market.Channel;
import org.marketanalytics.simulator.market.Cluster;

/**
 * The aggregates of a cluster as they were sent, or last revised, for the REST interface: whether a
 * client got them or not.
 */
final class BarHistory {
  private static final int MOST_BARS = 1 << 20;

  private final Cluster cluster;
  private final List<String> symbols;
  private final Duration length;
  private final int barsPerSymbol;
  private final ConcurrentMap<String, BarRing> seconds = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, BarRing> minutes = new ConcurrentHashMap<>();

  /**
   * @param symbols the symbols of the instruments in {@link Bar}
   * @param length how far it reaches back
   * @param maxBars how many seconds it holds in all; it reaches back less far with many symbols
   */
  BarHistory(Cluster cluster, List<String> symbols, Duration length, long maxBars) {
    this.cluster = cluster;
    this.symbols = symbols;
    this.length = length;
    long share = maxBars / Math.max(1, symbols.size());
    this.barsPerSymbol = (int) Math.max(60, Math.min(share, length.toSeconds() + 1));
  }

  /** How far it reaches back for a symbol that has an aggregate every second. */
  Duration reach() {
    return Duration.ofSeconds(Math.min(barsPerSymbol, length.toSeconds()));
  }

  Cluster cluster() {
    return cluster;
  }

  void add(Channel channel, Bar bar) {
    add(channel, symbols.get(bar.instrument()), bar);
  }

  void add(Channel channel, String symbol, Bar bar) {
    ring(channel, symbol).add(bar);
  }

  /** The aggregates of a ticker whose start passes the test, in the order of time. */
  List<Bar> seconds(String ticker, LongPredicate start) {
    return bars(seconds, ticker, start);
  }

  /** As {@link #seconds} for minutes. */
  List<Bar> minutes(String ticker, LongPredicate start) {
    return bars(minutes, ticker, start);
  }

  private List<Bar> bars(ConcurrentMap<String, BarRing> rings, String ticker, LongPredicate start) {
    BarRing ring = rings.get(ticker);
    return ring == null ? List.of() : ring.bars(length.toMillis(), start);
  }

  private BarRing ring(Channel channel, String symbol) {
    boolean minute = channel == Channel.AM || channel == Channel.XA || channel == Channel.CA;
    ConcurrentMap<String, BarRing> rings = minute ? minutes : seconds;
    int capacity = minute ? Math.max(60, barsPerSymbol / 60) : barsPerSymbol;
    return rings.computeIfAbsent(
        cluster.restTicker(symbol),
        ticker -> new BarRing(Math.min(capacity, MOST_BARS), minute ? 60_000 : 1_000));
  }
}
