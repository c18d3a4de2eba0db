package org.marketanalytics.simulator.market;

/**
 * Trades of option contracts: whole contracts, a price grid of a cent below three dollars and of a
 * nickel above.
 */
final class OptionTape implements Tape {
  private static final int[] EXCHANGES = {
    300, 301, 302, 303, 304, 309, 312, 313, 316, 322, 323, 325
  };
  private static final ConditionSet[] CONDITIONS = {
    ConditionSet.counted(209),
    ConditionSet.counted(227),
    ConditionSet.counted(233),
    ConditionSet.NONE
  };

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
    return price < 30_000 ? 100 : 500;
  }

  @Override
  public void draw(Instrument contract, Session session, Randomness random, Tick trade) {
    trade.exchange = EXCHANGES[random.below(EXCHANGES.length)];
    trade.price =
        Math.max(contract.tick(), contract.middle() + (random.below(3) - 1) * contract.tick());
    trade.size = 1 + Long.numberOfTrailingZeros(random.nextLong() | 1L << 8) * 3L;
    trade.conditions = CONDITIONS[random.below(CONDITIONS.length)];
  }

  @Override
  public void write(JsonBytes json, Instrument contract, Tick trade) {
    json.append("{\"ev\":\"T\",\"sym\":\"").append(contract.symbolJson());
    json.append("\",\"x\":").number(trade.exchange);
    json.append(",\"p\":").decimal(trade.price, 4);
    json.append(",\"s\":").number(trade.size);
    json.append(trade.conditions.json());
    json.append(",\"t\":").number(trade.timeMillis);
    json.append(",\"q\":").number(trade.sequence).append('}');
  }

  @Override
  public void write(JsonBytes json, Channel channel, Instrument contract, Bar bar) {
    json.append("{\"ev\":\"").append(channel.name());
    json.append("\",\"sym\":\"").append(contract.symbolJson());
    json.append("\",\"v\":").number(bar.volume());
    json.append(",\"av\":").number(bar.dayVolume());
    if (bar.dayOpen() != 0) {
      json.append(",\"op\":").decimal(bar.dayOpen(), 4);
    }
    json.append(",\"vw\":").decimal(bar.vwap(), 4);
    json.append(",\"o\":").decimal(bar.open(), 4);
    json.append(",\"c\":").decimal(bar.close(), 4);
    json.append(",\"h\":").decimal(bar.high(), 4);
    json.append(",\"l\":").decimal(bar.low(), 4);
    json.append(",\"a\":").decimal(bar.dayVwap(), 4);
    json.append(",\"z\":").number(bar.volume() / Math.max(1, bar.trades()));
    json.append(",\"s\":").number(bar.startMillis());
    json.append(",\"e\":").number(bar.endMillis()).append('}');
  }
}
