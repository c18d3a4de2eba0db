package org.marketanalytics.simulator.market;

/** Trades of crypto pairs: eight decimals of size, a price grid that follows the price. */
final class CryptoTape implements Tape {
  private static final long DOLLAR = 1_000_000;
  private static final long COIN = 100_000_000;
  private static final int[] EXCHANGES = {1, 1, 1, 23, 23, 2, 6, 10};
  private static final ConditionSet SELL = ConditionSet.counted(1);
  private static final ConditionSet BUY = ConditionSet.counted(2);

  @Override
  public Channel ticks() {
    return Channel.XT;
  }

  @Override
  public Channel seconds() {
    return Channel.XAS;
  }

  @Override
  public Channel minutes() {
    return Channel.XA;
  }

  @Override
  public long tickOf(long price) {
    if (price >= 100 * DOLLAR) {
      return DOLLAR / 100;
    }
    return price >= DOLLAR ? DOLLAR / 10_000 : 10;
  }

  @Override
  public void draw(Instrument pair, Session session, Randomness random, Tick trade) {
    trade.exchange = EXCHANGES[random.below(EXCHANGES.length)];
    trade.delayMillis = 20 + random.below(150);
    trade.price = Math.max(pair.tick(), pair.middle() + (random.below(7) - 3) * pair.tick());
    // a few dollars to a few ten thousand, small ones most of the time
    double dollars = 10 + 20_000 * StrictMath.pow(random.fraction(), 4);
    trade.size = Math.max(1, (long) (dollars * DOLLAR / trade.price * COIN));
    trade.conditions = random.oneIn(2) ? SELL : BUY;
  }

  @Override
  public void write(JsonBytes json, Instrument pair, Tick trade) {
    json.append("{\"ev\":\"XT\",\"pair\":\"").append(pair.symbolJson());
    json.append("\",\"p\":").decimal(trade.price, 6);
    json.append(",\"t\":").number(trade.timeMillis);
    json.append(",\"s\":").decimal(trade.size, 8);
    json.append(trade.conditions.json());
    json.append(",\"i\":").number(trade.id);
    json.append(",\"x\":").number(trade.exchange);
    json.append(",\"r\":").number(trade.timeMillis + trade.delayMillis).append('}');
  }

  @Override
  public void write(JsonBytes json, Channel channel, Instrument pair, Bar bar) {
    json.append("{\"ev\":\"").append(channel.name());
    json.append("\",\"pair\":\"").append(pair.symbolJson());
    json.append("\",\"v\":").decimal(bar.volume(), 8);
    json.append(",\"vw\":").decimal(bar.vwap(), 6);
    json.append(",\"z\":").decimal(bar.volume() / Math.max(1, bar.trades()), 8);
    json.append(",\"o\":").decimal(bar.open(), 6);
    json.append(",\"c\":").decimal(bar.close(), 6);
    json.append(",\"h\":").decimal(bar.high(), 6);
    json.append(",\"l\":").decimal(bar.low(), 6);
    json.append(",\"s\":").number(bar.startMillis());
    json.append(",\"e\":").number(bar.endMillis()).append('}');
  }
}
