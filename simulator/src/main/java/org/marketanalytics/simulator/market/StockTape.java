package org.marketanalytics.simulator.market;

import java.util.Arrays;

/**
 * The consolidated tape of US stocks as of 2026: fractional sizes with {@code ds} beside {@code s},
 * round lots by price, odd lots and other sale conditions, trades of the reporting facilities with
 * their sub-penny prices.
 */
final class StockTape implements Tape {
  private static final long DOLLAR = 10_000;
  private static final long SHARE = 1_000_000;
  private static final int REPORTING_FACILITY = 4;
  private static final int[] EXCHANGES = {12, 11, 10, 19, 8, 12, 21, 15, 18, 7, 2, 20, 17, 3};
  private static final int[] FACILITIES = {202, 202, 202, 201, 203};

  /**
   * Conditions that are seldom and matter: average price, contingent, derivatively priced, cash,
   * late, official.
   */
  private static final int[] SELDOM = {2, 52, 53, 10, 22, 7, 29, 32, 5, 9, 16, 15, 4, 21};

  private static final int SWEEP = 1;
  private static final int ODD = 2;
  private static final int EXTENDED = 4;

  private final ConditionSet[][] conditions = new ConditionSet[SELDOM.length + 1][];

  StockTape() {
    for (int i = 0; i < conditions.length; i++) {
      conditions[i] = new ConditionSet[8];
      for (int flags = 0; flags < 8; flags++) {
        conditions[i][flags] = conditions(flags, i);
      }
    }
  }

  @Override
  public Channel ticks() {
    return Channel.T;
  }

  @Override
  public Channel seconds() {
    return Channel.A;
  }

  @Override
  public Channel minutes() {
    return Channel.AM;
  }

  @Override
  public long tickOf(long price) {
    return price < DOLLAR ? 1 : DOLLAR / 100;
  }

  @Override
  public void draw(Instrument stock, Session session, Randomness random, Tick trade) {
    boolean offExchange = random.percent(35);
    trade.exchange = offExchange ? REPORTING_FACILITY : EXCHANGES[random.below(EXCHANGES.length)];
    trade.facility = offExchange ? FACILITIES[random.below(FACILITIES.length)] : 0;
    trade.delayMillis = random.below(offExchange ? 12 : 2);
    trade.price = Math.max(stock.tick(), stock.middle() + (random.below(3) - 1) * stock.tick());
    if (offExchange && random.percent(40)) {
      trade.price += random.percent(60) ? stock.tick() / 2 : random.below((int) stock.tick());
    }
    long roundLot = roundLot(stock.base());
    trade.size = size(roundLot, offExchange, random);
    int flags = trade.size < roundLot * SHARE ? ODD : 0;
    if (!offExchange && random.percent(30)) {
      flags |= SWEEP;
    }
    // all but the late reports of regular trades are Form T outside the regular session
    if (session.extended() && random.percent(80)) {
      flags |= EXTENDED;
    }
    int seldom = random.percent(2) ? 1 + random.below(SELDOM.length) : 0;
    trade.conditions = conditions[seldom][flags];
    if (seldom > 0 && !trade.conditions.rule().highLow()) {
      // priced away from the market, so that a reader who ignores the rules gets visibly wrong
      // highs and lows
      trade.price += trade.price / 400 * (random.below(9) - 4);
    }
  }

  @Override
  public void write(JsonBytes json, Instrument stock, Tick trade) {
    json.append("{\"ev\":\"T\",\"sym\":\"").append(stock.symbolJson());
    json.append("\",\"i\":\"").number(trade.id);
    json.append("\",\"x\":").number(trade.exchange);
    json.append(",\"p\":").decimal(trade.price, 4);
    json.append(",\"s\":").number(trade.size / SHARE);
    json.append(trade.conditions.json());
    json.append(",\"t\":").number(trade.timeMillis);
    json.append(",\"pt\":").number(trade.timeMillis - trade.delayMillis);
    json.append(",\"q\":").number(trade.sequence);
    json.append(",\"z\":").number(stock.tape());
    if (trade.facility != 0) {
      json.append(",\"trfi\":").number(trade.facility);
      json.append(",\"trft\":").number(trade.timeMillis);
    }
    json.append(",\"ds\":\"").decimalString(trade.size, 6).append("\"}");
  }

  @Override
  public void write(JsonBytes json, Channel channel, Instrument stock, Bar bar) {
    json.append("{\"ev\":\"").append(channel.name());
    json.append("\",\"sym\":\"").append(stock.symbolJson());
    json.append("\",\"v\":").number(bar.volume() / SHARE);
    json.append(",\"av\":").number(bar.dayVolume() / SHARE);
    if (bar.dayOpen() != 0) {
      json.append(",\"op\":").decimal(bar.dayOpen(), 4);
    }
    json.append(",\"vw\":").decimal(bar.vwap(), 4);
    json.append(",\"o\":").decimal(bar.open(), 4);
    json.append(",\"c\":").decimal(bar.close(), 4);
    json.append(",\"h\":").decimal(bar.high(), 4);
    json.append(",\"l\":").decimal(bar.low(), 4);
    json.append(",\"a\":").decimal(bar.dayVwap(), 4);
    json.append(",\"z\":").number(bar.volume() / SHARE / Math.max(1, bar.trades()));
    json.append(",\"s\":").number(bar.startMillis());
    json.append(",\"e\":").number(bar.endMillis());
    json.append(",\"dv\":\"").paddedDecimalString(bar.volume(), 6);
    json.append("\",\"dav\":\"").paddedDecimalString(bar.dayVolume(), 6).append("\"}");
  }

  /** Shares in a round lot by price, the tiers in force since November 2025. */
  private static long roundLot(long price) {
    if (price <= 250 * DOLLAR) {
      return 100;
    }
    return price <= 1_000 * DOLLAR ? 40 : 10;
  }

  private static long size(long roundLot, boolean offExchange, Randomness random) {
    int kind = random.below(100);
    if (kind < 60) {
      long lots = 1L + Long.numberOfTrailingZeros(random.nextLong() | 1L << 6);
      long rest = random.percent(20) ? random.below((int) roundLot) : 0;
      return (lots * roundLot + rest) * SHARE;
    }
    if (kind < 90 || !offExchange) {
      return (1 + random.below((int) roundLot - 1)) * SHARE;
    }
    long fraction =
        random.percent(50) ? (1 + random.below(3)) * SHARE / 4 : 1 + random.below((int) SHARE - 1);
    return random.percent(70) ? fraction : random.below((int) roundLot) * SHARE + fraction;
  }

  private static ConditionSet conditions(int flags, int seldom) {
    int[] ids = new int[5];
    int count = 0;
    if ((flags & SWEEP) != 0) {
      ids[count++] = 14;
      ids[count++] = 41;
    }
    if ((flags & ODD) != 0) {
      ids[count++] = 37;
    }
    if ((flags & EXTENDED) != 0) {
      ids[count++] = 12;
    }
    if (seldom > 0) {
      ids[count++] = SELDOM[seldom - 1];
    }
    return ConditionSet.sale(Arrays.copyOf(ids, count));
  }
}
