package org.marketanalytics.aggregation;

/**
 * Sums of the seconds of one window. Sixty prices below {@link Decimals#LIMIT} fit a {@code long},
 * so the sums are exact.
 */
final class Window {
  private long open;
  private long high;
  private long low;
  private long close;
  private long revision;
  private int seconds;

  void clear() {
    open = 0;
    high = 0;
    low = 0;
    close = 0;
    revision = 0;
    seconds = 0;
  }

  void add(long[] cells, int at) {
    open += cells[at + Minute.OPEN];
    high += cells[at + Minute.HIGH];
    low += cells[at + Minute.LOW];
    close += cells[at + Minute.CLOSE];
    revision = Math.max(revision, cells[at + Minute.RECEIVED]);
    seconds++;
  }

  boolean isEmpty() {
    return seconds == 0;
  }

  Average average(String symbol, long endMillis) {
    return new Average(
        symbol,
        endMillis,
        Decimals.mean(open, seconds),
        Decimals.mean(high, seconds),
        Decimals.mean(low, seconds),
        Decimals.mean(close, seconds),
        seconds,
        revision);
  }
}
