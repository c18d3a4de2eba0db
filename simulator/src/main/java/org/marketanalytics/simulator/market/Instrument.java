package org.marketanalytics.simulator.market;

import java.nio.charset.StandardCharsets;

/** One symbol of the market: its price as it walks, and the windows that its trades fall into. */
final class Instrument {
  private final int index;
  private final String symbol;
  private final byte[] symbolJson;
  private final int tape;
  private final long base;
  private final long tick;
  private final Window second = new Window();
  private final Window minute = new Window();
  private final Window day = new Window();
  private long middle;
  private long lastId;
  private long dayOpen;

  Instrument(int index, Listing.Entry entry, long tick, long lastId) {
    this.index = index;
    this.symbol = entry.symbol();
    this.symbolJson = symbol.getBytes(StandardCharsets.US_ASCII);
    this.tape = entry.tape();
    this.base = entry.price();
    this.tick = tick;
    this.lastId = lastId;
    this.middle = base;
  }

  int index() {
    return index;
  }

  String symbol() {
    return symbol;
  }

  byte[] symbolJson() {
    return symbolJson;
  }

  int tape() {
    return tape;
  }

  /** The price it began with and is drawn back to. */
  long base() {
    return base;
  }

  /** The least difference of two quoted prices. */
  long tick() {
    return tick;
  }

  /** The middle of the market, on the grid of {@link #tick()}. */
  long middle() {
    return middle / tick * tick;
  }

  long nextId() {
    return ++lastId;
  }

  /**
   * One step of the price: most steps are nothing or a tick or two, about 0.01 % of the price, and
   * a slow pull to the first price keeps a market that runs for days from wandering off.
   */
  void step(Randomness random) {
    long draw = random.nextLong();
    if ((draw & 3) == 0) {
      long reach = Math.max(tick, base / 5_000);
      middle += ((draw >>> 8) & 0xFFFF) * (2 * reach + 1) / 0x10000 - reach;
    }
    if (((draw >>> 2) & 0x3FF) == 0) {
      middle += (base - middle) / 512;
    }
    middle = Math.max(middle, 10 * tick);
  }

  /** Counts a trade into second, minute and day; true if it is the second's first. */
  boolean count(Tick trade) {
    day.add(trade.price, trade.size, trade.conditions.rule());
    minute.add(trade.price, trade.size, trade.conditions.rule());
    return second.add(trade.price, trade.size, trade.conditions.rule());
  }

  /** Sets the day's opening price, which stays until the next day. */
  void opensAt(long price) {
    if (dayOpen == 0) {
      dayOpen = price;
    }
  }

  void startDay() {
    day.clear();
    dayOpen = 0;
  }

  Window second() {
    return second;
  }

  Window minute() {
    return minute;
  }

  Bar bar(Window window, long startMillis, long endMillis) {
    return new Bar(
        index,
        startMillis,
        endMillis,
        window.open(),
        window.high(),
        window.low(),
        window.close(),
        window.volume(),
        window.vwap(),
        window.trades(),
        day.volume(),
        day.vwap(),
        dayOpen);
  }
}
