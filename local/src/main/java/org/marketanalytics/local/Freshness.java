package org.marketanalytics.local;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * How old a row of {@code moving_averages} is when it can be read: the time from the end of the
 * events in it to its being readable.
 *
 * <p>A sample is a row (symbol, window_end t) whose revision is greater than that of the row
 * (symbol, t − slide): it stands on events that ended in the slide before t and are not in the row
 * before it. Its age is the moment at which the last revision seen of the row was first read by a
 * plain SELECT, less t. A row that never gets the newest second is no sample; a row that gets it
 * late counts with the late moment, and one that comes more than a minute late with that of its
 * first reading. A row that is not there ten minutes after its time is not seen. Rows with t before
 * the start of the measurement are warm-up and left out, and so are those with t before their
 * symbol was watched, as nobody knows when they came.
 *
 * <p>Beside it the way from the socket: the time from the moment at which the newest event in the
 * row was received, which is its revision, to the same moment of reading. It leaves out what the
 * feed takes to send an event, and rows of the first half minute of the measurement, while the
 * parts' compilers are at work.
 *
 * <p>Memory is bounded: a minute of rows for each symbol, and two histograms of three digits.
 */
final class Freshness {

  /** A row that ended longer ago than this is taken as it is. */
  static final Duration HORIZON = Duration.ofMinutes(1);

  /** Greater ages count as this. */
  static final Duration GREATEST = Duration.ofMinutes(10);

  /** How long the way from the socket is not counted after the start of the measurement. */
  static final Duration WARM_UP = Duration.ofSeconds(30);

  private static final long GREATEST_MILLIS = GREATEST.toMillis();

  private final long slideMillis;
  private final Map<String, NavigableMap<Long, Seen>> rows = new HashMap<>();
  private final Map<String, Settled> settled = new HashMap<>();
  private final Map<String, Long> watchedFrom = new HashMap<>();
  private final Samples samples = new Samples();
  private long measuredFromMillis = Long.MAX_VALUE;

  /** A revision and when it was first read. */
  private record Seen(long revision, long readAtMillis) {}

  /** What is counted: ages, and ways from the socket, in ms. */
  private record Samples(Histogram ages, Histogram ways) {

    Samples() {
      this(new Histogram(GREATEST_MILLIS, 3), new Histogram(GREATEST_MILLIS, 3));
    }

    Samples copy() {
      return new Samples(ages.copy(), ways.copy());
    }
  }

  /** The last row of a symbol that has left the horizon. */
  private record Settled(long windowEndMillis, long revision) {}

  Freshness(Duration slide) {
    slideMillis = slide.toMillis();
  }

  /** Rows that end after this moment are samples. */
  synchronized void measureFrom(long millis) {
    measuredFromMillis = millis;
  }

  /**
   * From this moment on the rows of these symbols are read; nothing changes for those that were.
   */
  synchronized void watch(Collection<String> symbols, long millis) {
    symbols.forEach(symbol -> watchedFrom.putIfAbsent(symbol, millis));
  }

  /** A row as it was read, of a symbol that is watched. */
  synchronized void read(String symbol, long windowEndMillis, long revision, long readAtMillis) {
    NavigableMap<Long, Seen> ofSymbol = rows.computeIfAbsent(symbol, name -> new TreeMap<>());
    Settled last = settled.get(symbol);
    if (last != null && windowEndMillis <= last.windowEndMillis()) {
      return;
    }
    Seen before = ofSymbol.get(windowEndMillis);
    if (before == null || before.revision() < revision) {
      ofSymbol.put(windowEndMillis, new Seen(revision, readAtMillis));
    }
  }

  /** Takes the samples of rows that ended before {@code millis}, and forgets the rows. */
  synchronized void settleBefore(long millis) {
    rows.forEach(
        (symbol, ofSymbol) -> {
          while (!ofSymbol.isEmpty() && ofSymbol.firstKey() < millis) {
            var row = ofSymbol.pollFirstEntry();
            settle(symbol, row.getKey(), row.getValue());
          }
        });
  }

  /**
   * The symbols whose rows have not come up to the horizon, with the end of the last row of each:
   * what the database holds behind it has not been read yet.
   */
  synchronized Map<String, Long> behind(long nowMillis) {
    long due = nowMillis - HORIZON.toMillis() - 2 * slideMillis;
    Map<String, Long> behind = new HashMap<>();
    settled.forEach(
        (symbol, last) -> {
          if (last.windowEndMillis() < due) {
            behind.put(symbol, last.windowEndMillis());
          }
        });
    return behind;
  }

  /**
   * The age, in ms, that this percentage of the samples does not exceed; empty without samples.
   * Rows that may still change count with what is known of them.
   */
  synchronized OptionalLong percentileMillis(double percentage) {
    return percentile(all().ages(), percentage);
  }

  /** The same of the way from the socket. */
  synchronized OptionalLong fromSocketMillis(double percentage) {
    return percentile(all().ways(), percentage);
  }

  /** How many samples were taken. */
  synchronized long samples() {
    return samples.ages().getTotalCount();
  }

  private Samples all() {
    Samples all = samples.copy();
    rows.forEach(
        (symbol, ofSymbol) -> {
          Settled before = settled.get(symbol);
          for (var row : ofSymbol.entrySet()) {
            record(all, symbol, before, row.getKey(), row.getValue());
            before = new Settled(row.getKey(), row.getValue().revision());
          }
        });
    return all;
  }

  private static OptionalLong percentile(Histogram histogram, double percentage) {
    return histogram.getTotalCount() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(histogram.getValueAtPercentile(percentage));
  }

  private void settle(String symbol, long windowEndMillis, Seen row) {
    Settled before = settled.put(symbol, new Settled(windowEndMillis, row.revision()));
    record(samples, symbol, before, windowEndMillis, row);
  }

  private void record(Samples into, String symbol, Settled before, long windowEndMillis, Seen row) {
    long from = Math.max(measuredFromMillis, watchedFrom.getOrDefault(symbol, Long.MAX_VALUE));
    boolean follows = before != null && before.windowEndMillis() == windowEndMillis - slideMillis;
    if (!follows || before.revision() >= row.revision() || windowEndMillis <= from) {
      return;
    }
    into.ages().recordValue(bounded(row.readAtMillis() - windowEndMillis));
    if (windowEndMillis > measuredFromMillis + WARM_UP.toMillis()) {
      into.ways().recordValue(bounded(row.readAtMillis() - row.revision()));
    }
  }

  private static long bounded(long millis) {
    return Math.max(0, Math.min(millis, GREATEST_MILLIS));
  }
}
