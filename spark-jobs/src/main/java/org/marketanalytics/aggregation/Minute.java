package org.marketanalytics.aggregation;

import java.util.Arrays;

/**
 * The seconds of one symbol in one minute: what one bar, and with the minute before it every
 * average of the minute, is made of.
 *
 * <p>A bit mask tells which of the sixty seconds are there; their numbers lie side by side in one
 * array in the order of time. A second of trades may lack prices, when none of its trades counts
 * for them ({@link Decimals#NONE}); it is a sample when it has an open and a close.
 */
final class Minute {
  static final long MILLIS = 60_000;
  static final int SECONDS = 60;

  static final int OPEN = 0;
  static final int HIGH = 1;
  static final int LOW = 2;
  static final int CLOSE = 3;
  static final int VOLUME = 4;
  static final int NOTIONAL = 5;
  static final int TRADES = 6;
  static final int RECEIVED = 7;
  static final int WIDTH_OF_AGGREGATES = 8;
  // only of trades: which trade opened the second and which closed it
  static final int OPEN_MILLIS = 8;
  static final int OPEN_SEQUENCE = 9;
  static final int CLOSE_MILLIS = 10;
  static final int CLOSE_SEQUENCE = 11;
  static final int WIDTH_OF_TRADES = 12;

  private final Input input;
  private final long startMillis;
  private final int width;
  private final LongSet identities;
  private LongSet newIdentities;
  private boolean isUnsaved;
  private long present;
  private long changed;
  private long[] cells;

  Minute(Input input, long startMillis) {
    this(input, startMillis, 4);
  }

  /** A minute with room for this many seconds. */
  Minute(Input input, long startMillis, int capacity) {
    this.input = input;
    this.startMillis = startMillis;
    this.width = input == Input.TRADES ? WIDTH_OF_TRADES : WIDTH_OF_AGGREGATES;
    this.identities = input == Input.TRADES ? new LongSet() : null;
    this.newIdentities = input == Input.TRADES ? new LongSet() : null;
    this.cells = new long[Math.max(1, capacity) * width];
  }

  /** Start of the minute that holds this time (ms). */
  static long startOf(long millis) {
    return millis - millis % MILLIS;
  }

  /** The seconds of a minute before this one, as a mask; from none (0) to all (60). */
  static long secondsBefore(int second) {
    return (1L << second) - 1;
  }

  /** Takes a second as the feed built it. The version that was received last stays. */
  void put(Second second, long received) {
    int slot = slot(second.startMillis());
    boolean isNew = !has(slot);
    int at = isNew ? insert(slot) : at(slot);
    if (!isNew && received < cells[at + RECEIVED]) {
      return;
    }
    boolean same =
        cells[at + OPEN] == second.open()
            && cells[at + HIGH] == second.high()
            && cells[at + LOW] == second.low()
            && cells[at + CLOSE] == second.close()
            && cells[at + VOLUME] == second.volume()
            && cells[at + NOTIONAL] == second.notional()
            && cells[at + TRADES] == second.trades()
            && cells[at + RECEIVED] == received;
    if (same && !isNew) {
      return; // a re-delivery
    }
    cells[at + OPEN] = second.open();
    cells[at + HIGH] = second.high();
    cells[at + LOW] = second.low();
    cells[at + CLOSE] = second.close();
    cells[at + VOLUME] = second.volume();
    cells[at + NOTIONAL] = second.notional();
    cells[at + TRADES] = second.trades();
    cells[at + RECEIVED] = received;
    changed |= 1L << slot;
  }

  /**
   * Merges a trade into its second. A trade that came before only raises the second's receipt time,
   * so that the revision does not depend on which of the two came first.
   *
   * @throws Rejection when the second's volume would leave the range of {@link Decimals}
   */
  void merge(Trade trade, long received) throws Rejection {
    int slot = slot(trade.secondMillis());
    if (!hasRoom(trade, slot) && !identities.contains(trade.identity())) {
      throw new Rejection(
          Reason.OUT_OF_RANGE, "with this trade its second's volume is not below 100 billion");
    }
    boolean isNewTrade = identities.add(trade.identity());
    if (!isNewTrade && !has(slot)) {
      return;
    }
    if (isNewTrade) {
      newIdentities.add(trade.identity());
    }
    int at = has(slot) ? at(slot) : insertEmpty(slot);
    if (received > cells[at + RECEIVED]) {
      cells[at + RECEIVED] = received;
      changed |= 1L << slot;
    }
    if (!isNewTrade) {
      return;
    }
    changed |= 1L << slot;
    if (trade.counts().volume()) {
      cells[at + VOLUME] += trade.size();
      cells[at + NOTIONAL] = Decimals.sum(cells[at + NOTIONAL], trade.notional());
      cells[at + TRADES]++;
    }
    if (trade.counts().highLow()) {
      long price = trade.price();
      boolean first = cells[at + HIGH] == Decimals.NONE;
      cells[at + HIGH] = first ? price : Math.max(cells[at + HIGH], price);
      cells[at + LOW] = first ? price : Math.min(cells[at + LOW], price);
    }
    if (trade.counts().openClose()) {
      mergeOpenAndClose(trade, at);
    }
  }

  /** The bar of this minute, or null while no trade counts for its prices. */
  Bar bar(String symbol, boolean isFinal) {
    long open = Decimals.NONE;
    long high = Decimals.NONE;
    long low = Long.MAX_VALUE;
    long close = Decimals.NONE;
    long volume = 0;
    long notional = 0;
    boolean hasNotional = true;
    long trades = 0;
    int seconds = 0;
    long revision = 0;
    int end = Long.bitCount(present) * width;
    for (int at = 0; at < end; at += width) {
      if (cells[at + OPEN] != Decimals.NONE) {
        open = open == Decimals.NONE ? cells[at + OPEN] : open;
        close = cells[at + CLOSE];
        seconds++;
      }
      if (cells[at + HIGH] != Decimals.NONE) {
        high = Math.max(high, cells[at + HIGH]);
        low = Math.min(low, cells[at + LOW]);
      }
      volume += cells[at + VOLUME];
      hasNotional &= cells[at + NOTIONAL] != Decimals.NONE;
      notional += hasNotional ? cells[at + NOTIONAL] : 0;
      trades += cells[at + TRADES];
      revision = Math.max(revision, cells[at + RECEIVED]);
    }
    if (seconds == 0) {
      return null;
    }
    long vwap = hasNotional && volume > 0 ? Decimals.divide(notional, volume) : Decimals.NONE;
    return new Bar(
        symbol,
        startMillis,
        open,
        high,
        low,
        close,
        volume,
        vwap,
        trades,
        seconds,
        revision,
        isFinal);
  }

  /** Adds the seconds of the mask to a window. */
  void addTo(Window window, long mask) {
    long wanted = present & mask;
    if (wanted == 0) {
      return;
    }
    int first = Long.numberOfTrailingZeros(wanted);
    int end =
        (Long.bitCount(present & mask) + index(first))
            * width; // the masks are runs, so what they take is one too
    for (int at = at(first); at < end; at += width) {
      if (cells[at + OPEN] != Decimals.NONE) {
        window.add(cells, at);
      }
    }
  }

  Input input() {
    return input;
  }

  long startMillis() {
    return startMillis;
  }

  /** Which seconds are there, the first at the lowest bit. */
  long present() {
    return present;
  }

  /** Which seconds changed since the minute was made or decoded, saved or journaled. */
  long changed() {
    return changed;
  }

  /** Whether there is anything that is not in the stored version. */
  boolean isUnsaved() {
    return isUnsaved || changed != 0;
  }

  /** The stored version has all that is here. */
  void saved() {
    forgetChanges();
    isUnsaved = false;
  }

  /** The stored version and the journal have all that is here. */
  void journaled() {
    forgetChanges();
    isUnsaved = true;
  }

  private void forgetChanges() {
    changed = 0;
    if (newIdentities != null && newIdentities.size() > 0) {
      newIdentities = new LongSet();
    }
  }

  /** The numbers of all seconds in the order of time, {@link #width} each. */
  long[] cells() {
    return cells;
  }

  int width() {
    return width;
  }

  /** The trades that were merged, or null in a minute of aggregates. */
  LongSet identities() {
    return identities;
  }

  /** Of these the ones since the minute was made or decoded, saved or journaled. */
  LongSet newIdentities() {
    return newIdentities;
  }

  /** Where the numbers of a second are, or are to be put, which is no change. */
  int place(int slot) {
    return has(slot) ? at(slot) : insert(slot);
  }

  private boolean hasRoom(Trade trade, int slot) {
    if (!trade.counts().volume() || !has(slot)) {
      return true;
    }
    return cells[at(slot) + VOLUME] + trade.size() < Decimals.LIMIT;
  }

  /**
   * Trades of one sequence number (crypto has none) are ordered by their price, so that the order
   * of arrival says nothing.
   */
  private void mergeOpenAndClose(Trade trade, int at) {
    long millis = trade.endMillis() % Second.MILLIS;
    boolean first = cells[at + OPEN] == Decimals.NONE;
    if (first || order(trade, millis, at + OPEN_MILLIS, at + OPEN) < 0) {
      cells[at + OPEN] = trade.price();
      cells[at + OPEN_MILLIS] = millis;
      cells[at + OPEN_SEQUENCE] = trade.sequence();
    }
    if (first || order(trade, millis, at + CLOSE_MILLIS, at + CLOSE) > 0) {
      cells[at + CLOSE] = trade.price();
      cells[at + CLOSE_MILLIS] = millis;
      cells[at + CLOSE_SEQUENCE] = trade.sequence();
    }
  }

  private int order(Trade trade, long millis, int keyAt, int priceAt) {
    int order = Long.compare(millis, cells[keyAt]);
    if (order == 0) {
      order = Long.compare(trade.sequence(), cells[keyAt + 1]);
    }
    return order == 0 ? Long.compare(trade.price(), cells[priceAt]) : order;
  }

  private int slot(long millis) {
    return (int) ((millis - startMillis) / Second.MILLIS);
  }

  private boolean has(int slot) {
    return (present & (1L << slot)) != 0;
  }

  private int index(int slot) {
    return Long.bitCount(present & secondsBefore(slot));
  }

  private int at(int slot) {
    return index(slot) * width;
  }

  private int insertEmpty(int slot) {
    int at = insert(slot);
    Arrays.fill(cells, at + OPEN, at + CLOSE + 1, Decimals.NONE);
    return at;
  }

  private int insert(int slot) {
    int used = Long.bitCount(present) * width;
    if (used == cells.length) {
      cells = Arrays.copyOf(cells, Math.min(SECONDS * width, used * 2));
    }
    int at = at(slot);
    System.arraycopy(cells, at, cells, at + width, used - at);
    Arrays.fill(cells, at, at + width, 0);
    present |= 1L << slot;
    return at;
  }
}
