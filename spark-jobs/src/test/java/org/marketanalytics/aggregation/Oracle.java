package org.marketanalytics.aggregation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.marketanalytics.aggregation.Log.Aggregate;
import org.marketanalytics.aggregation.Log.Beat;
import org.marketanalytics.aggregation.Log.Entry;
import org.marketanalytics.aggregation.Log.Headless;
import org.marketanalytics.aggregation.Log.Junk;
import org.marketanalytics.aggregation.Log.Sale;

/**
 * The numbers by brute force: keeps every entry, decides record by record, then computes each bar
 * and each average from scratch with big decimals. Slow and obvious.
 */
final class Oracle {
  /** A second; prices may be null for one of trades that do not count for them. */
  private record Sample(
      BigDecimal open,
      BigDecimal high,
      BigDecimal low,
      BigDecimal close,
      BigDecimal volume,
      BigDecimal notional,
      long trades,
      long received) {}

  final Tables tables = new Tables();

  private final Settings settings;
  private final Map<String, TreeMap<Long, Aggregate>> aggregates = new TreeMap<>();
  private final Map<String, TreeMap<Long, List<Sale>>> sales = new TreeMap<>();
  private long clock = Long.MIN_VALUE;
  private long watermark = Long.MIN_VALUE;
  private Long complete;
  private boolean tellsTime;

  Oracle(Settings settings, List<? extends Entry> entries) {
    this.settings = settings;
    for (int offset = 0; offset < entries.size(); offset++) {
      Entry entry = entries.get(offset);
      tellsTime = !(entry instanceof Headless);
      take(offset, entry instanceof Headless headless ? headless.entry() : entry);
    }
    Map<String, TreeMap<Long, Sample>> samples = new TreeMap<>();
    aggregates.forEach(
        (symbol, seconds) ->
            seconds.forEach(
                (start, second) ->
                    samples
                        .computeIfAbsent(symbol, s -> new TreeMap<>())
                        .put(start, sample(second))));
    sales.forEach(
        (symbol, seconds) ->
            seconds.forEach(
                (start, trades) ->
                    samples
                        .computeIfAbsent(symbol, s -> new TreeMap<>())
                        .put(start, sample(trades))));
    samples.forEach(this::bars);
    samples.forEach(this::averages);
  }

  private void take(long offset, Entry entry) {
    if (entry instanceof Junk) {
      tables.deadLetters.put(offset, Reason.MALFORMED_JSON);
    } else if (entry instanceof Beat beat) {
      if (inTheFuture(offset, beat.time(), beat.received())) {
        return;
      }
      complete = tellsTime ? beat.complete() : complete;
      move(Math.min(beat.time(), beat.received()));
    } else if (entry instanceof Aggregate second) {
      long end = second.start() + 1000;
      if (inTheFuture(offset, end, second.received()) || tooLate(offset, end)) {
        return;
      }
      move(Math.min(end, second.received()));
      aggregates
          .computeIfAbsent(second.symbol(), s -> new TreeMap<>())
          .merge(
              second.start(),
              second,
              (former, later) -> later.received() >= former.received() ? later : former);
    } else if (entry instanceof Sale sale) {
      long start = sale.time() / 1000 * 1000;
      if (inTheFuture(offset, sale.time(), sale.received()) || tooLate(offset, start + 1000)) {
        return;
      }
      move(Math.min(sale.time(), sale.received()));
      sales
          .computeIfAbsent(sale.symbol(), s -> new TreeMap<>())
          .computeIfAbsent(start, s -> new ArrayList<>())
          .add(sale);
    }
  }

  private void move(long time) {
    if (!tellsTime) {
      return;
    }
    clock = Math.max(clock, time);
    long known = complete != null && complete < clock ? complete : clock;
    watermark = Math.max(watermark, known);
  }

  private boolean inTheFuture(long offset, long end, long received) {
    boolean future = end > received + settings.latenessMillis();
    if (future) {
      tables.deadLetters.put(offset, Reason.IN_THE_FUTURE);
    }
    return future;
  }

  private boolean tooLate(long offset, long end) {
    boolean late = end + settings.latenessMillis() <= watermark;
    if (late) {
      tables.deadLetters.put(offset, Reason.TOO_LATE);
    }
    return late;
  }

  private void bars(String symbol, NavigableMap<Long, Sample> seconds) {
    Set<Long> minutes = new TreeSet<>();
    seconds.keySet().forEach(start -> minutes.add(start / 60_000 * 60_000));
    for (long minute : minutes) {
      List<Sample> all = List.copyOf(seconds.subMap(minute, minute + 60_000).values());
      List<Sample> priced = all.stream().filter(sample -> sample.open() != null).toList();
      if (priced.isEmpty()) {
        continue;
      }
      BigDecimal volume = all.stream().map(Sample::volume).reduce(BigDecimal.ZERO, BigDecimal::add);
      boolean hasVwap =
          volume.signum() > 0 && all.stream().allMatch(sample -> sample.notional() != null);
      long vwap = Decimals.NONE;
      if (hasVwap) {
        BigDecimal notional =
            all.stream().map(Sample::notional).reduce(BigDecimal.ZERO, BigDecimal::add);
        vwap = millionths(notional.divide(volume, 6, RoundingMode.HALF_UP));
      }
      Bar bar =
          new Bar(
              symbol,
              minute,
              millionths(priced.get(0).open()),
              millionths(
                  all.stream()
                      .filter(s -> s.high() != null)
                      .map(Sample::high)
                      .max(Comparator.naturalOrder())
                      .get()),
              millionths(
                  all.stream()
                      .filter(s -> s.low() != null)
                      .map(Sample::low)
                      .min(Comparator.naturalOrder())
                      .get()),
              millionths(priced.get(priced.size() - 1).close()),
              millionths(volume),
              vwap,
              all.stream().mapToLong(Sample::trades).sum(),
              priced.size(),
              all.stream().mapToLong(Sample::received).max().getAsLong(),
              minute + 60_000 + settings.latenessMillis() <= watermark);
      tables.bars.put(symbol + " " + minute, bar);
    }
  }

  private void averages(String symbol, NavigableMap<Long, Sample> seconds) {
    long slide = settings.slideMillis();
    Set<Long> points = new HashSet<>();
    for (long start : seconds.keySet()) {
      for (long point = start / slide * slide + slide;
          point <= Math.min(clock, start + 60_000);
          point += slide) {
        points.add(point);
      }
    }
    for (long point : points) {
      List<Sample> window =
          seconds.subMap(point - 60_000, point).values().stream()
              .filter(sample -> sample.open() != null)
              .toList();
      if (!window.isEmpty()) {
        Average average =
            new Average(
                symbol,
                point,
                mean(window.stream().map(Sample::open).toList()),
                mean(window.stream().map(Sample::high).toList()),
                mean(window.stream().map(Sample::low).toList()),
                mean(window.stream().map(Sample::close).toList()),
                window.size(),
                window.stream().mapToLong(Sample::received).max().getAsLong());
        tables.averages.put(symbol + " " + point, average);
      }
    }
  }

  private static Sample sample(Aggregate second) {
    BigDecimal volume = second.volume();
    BigDecimal notional = second.high().multiply(volume).setScale(6, RoundingMode.HALF_UP);
    boolean known = second.hasVwap() || volume.signum() == 0;
    long trades = 0;
    if (volume.signum() > 0) {
      trades =
          second.size() == 0
              ? 1
              : Math.max(
                  1,
                  volume
                      .divide(BigDecimal.valueOf(second.size()), 0, RoundingMode.HALF_UP)
                      .longValueExact());
    }
    return new Sample(
        second.low(),
        second.high(),
        second.low(),
        second.high(),
        volume,
        known ? notional : null,
        trades,
        second.received());
  }

  /**
   * Trades by time and sequence; of a trade that came twice the first counts, received when the
   * last one was.
   */
  private static Sample sample(List<Sale> all) {
    Map<Integer, Sale> distinct = new TreeMap<>();
    all.forEach(sale -> distinct.putIfAbsent(sale.id(), sale));
    List<Sale> ordered =
        distinct.values().stream()
            .sorted(
                Comparator.comparingLong(Sale::time)
                    .thenComparing(Sale::sequence)
                    .thenComparing(Sale::price))
            .toList();
    BigDecimal open = null;
    BigDecimal high = null;
    BigDecimal low = null;
    BigDecimal close = null;
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal notional = BigDecimal.ZERO;
    long trades = 0;
    for (Sale sale : ordered) {
      SaleConditions.Effect effect =
          SaleConditions.effectOf(sale.conditions().stream().mapToInt(Integer::intValue).toArray());
      if (effect.openClose()) {
        open = open == null ? sale.price() : open;
        close = sale.price();
      }
      if (effect.highLow()) {
        high = high == null ? sale.price() : high.max(sale.price());
        low = low == null ? sale.price() : low.min(sale.price());
      }
      if (effect.volume()) {
        volume = volume.add(sale.size());
        notional =
            notional.add(sale.price().multiply(sale.size()).setScale(6, RoundingMode.HALF_UP));
        trades++;
      }
    }
    long received =
        all.stream()
            .filter(
                sale ->
                    SaleConditions.effectOf(
                            sale.conditions().stream().mapToInt(Integer::intValue).toArray())
                        != SaleConditions.Effect.NOTHING)
            .mapToLong(Sale::received)
            .max()
            .orElse(0);
    return new Sample(open, high, low, close, volume, notional, trades, received);
  }

  private static long mean(List<BigDecimal> prices) {
    BigDecimal sum = prices.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return millionths(sum.divide(BigDecimal.valueOf(prices.size()), 6, RoundingMode.HALF_UP));
  }

  private static long millionths(BigDecimal number) {
    return number.setScale(6, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
  }
}
