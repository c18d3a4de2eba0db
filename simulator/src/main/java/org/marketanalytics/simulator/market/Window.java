package org.marketanalytics.simulator.market;

/** The trades of one instrument in a window, merged as they come under the sale-condition rules. */
final class Window {
  private final Notional notional = new Notional();
  private boolean touched;
  private boolean hasOpen;
  private boolean hasRange;
  private long open;
  private long high;
  private long low;
  private long close;
  private long volume;
  private long trades;

  /** Adds a trade; true if it is the window's first, counted or not. */
  boolean add(long price, long size, SaleConditions.Rule rule) {
    boolean first = !touched;
    touched = true;
    if (rule.highLow()) {
      high = hasRange ? Math.max(high, price) : price;
      low = hasRange ? Math.min(low, price) : price;
      hasRange = true;
    }
    if (rule.openClose()) {
      open = hasOpen ? open : price;
      close = price;
      hasOpen = true;
    }
    if (rule.volume()) {
      volume += size;
      notional.add(price, size);
      trades++;
    }
    return first;
  }

  /** Whether a trade set the open and the close: a window without one has no aggregate. */
  boolean hasOpen() {
    return hasOpen;
  }

  long open() {
    return open;
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  long close() {
    return close;
  }

  long volume() {
    return volume;
  }

  long trades() {
    return trades;
  }

  long vwap() {
    return volume == 0 ? close : notional.dividedBy(volume);
  }

  void clear() {
    notional.clear();
    touched = false;
    hasOpen = false;
    hasRange = false;
    volume = 0;
    trades = 0;
  }
}
