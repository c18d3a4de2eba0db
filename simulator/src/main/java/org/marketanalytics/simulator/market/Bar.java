package org.marketanalytics.simulator.market;

/**
 * A finished aggregate of one instrument. Prices, volume and averages are whole numbers in the
 * units of its cluster.
 *
 * @param instrument index into {@link Market#symbols(Cluster, int)}
 * @param startMillis first millisecond of the window, UTC
 * @param endMillis first millisecond after the window
 * @param vwap price units, half up; the close where nothing counts as volume
 * @param trades how many trades make up the volume
 * @param dayVolume volume of the day up to the end of the window
 * @param dayVwap average price of the day up to the end of the window
 * @param dayOpen the day's opening price, 0 before there is one
 */
public record Bar(
    int instrument,
    long startMillis,
    long endMillis,
    long open,
    long high,
    long low,
    long close,
    long volume,
    long vwap,
    long trades,
    long dayVolume,
    long dayVwap,
    long dayOpen) {
  /** The same numbers for a window that begins then. */
  public Bar startingAt(long millis) {
    return new Bar(
        instrument,
        millis,
        endMillis,
        open,
        high,
        low,
        close,
        volume,
        vwap,
        trades,
        dayVolume,
        dayVwap,
        dayOpen);
  }

  /**
   * The bar with one more trade, reported late, whose price is beyond the range so far.
   *
   * @param tick the least difference of two prices
   */
  Bar revised(Randomness random, long tick) {
    long beyond = (1 + random.below(3)) * tick;
    long price = random.oneIn(2) ? high + beyond : Math.max(Math.min(low, tick), low - beyond);
    long size = volume / Math.max(1, trades);
    Notional notional = new Notional();
    notional.add(vwap, volume);
    notional.add(price, size);
    long sum = volume + size;
    return new Bar(
        instrument,
        startMillis,
        endMillis,
        open,
        Math.max(high, price),
        Math.min(low, price),
        random.oneIn(2) ? price : close,
        sum,
        sum == 0 ? close : notional.dividedBy(sum),
        trades + 1,
        dayVolume + size,
        dayVwap,
        dayOpen);
  }

  /** This bar and the next of the same instrument as one. */
  public Bar and(Bar next) {
    long sum = volume + next.volume;
    Notional notional = new Notional();
    notional.add(vwap, volume);
    notional.add(next.vwap, next.volume);
    return new Bar(
        instrument,
        startMillis,
        next.endMillis,
        open,
        Math.max(high, next.high),
        Math.min(low, next.low),
        next.close,
        sum,
        sum == 0 ? next.close : notional.dividedBy(sum),
        trades + next.trades,
        next.dayVolume,
        next.dayVwap,
        dayOpen);
  }
}
