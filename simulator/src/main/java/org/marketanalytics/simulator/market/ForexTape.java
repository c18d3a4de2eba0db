package org.marketanalytics.simulator.market;

/**
 * Quotes of currency pairs; an aggregate is made of their bids and its volume is how many they are.
 */
final class ForexTape implements Tape {
  private static final int EXCHANGE = 48;

  @Override
  public Channel ticks() {
    return Channel.C;
  }

  @Override
  public Channel seconds() {
    return Channel.CAS;
  }

  @Override
  public Channel minutes() {
    return Channel.CA;
  }

  @Override
  public long tickOf(long price) {
    return price < 1_000_000 ? 1 : 100;
  }

  @Override
  public void draw(Instrument pair, Session session, Randomness random, Tick quote) {
    quote.exchange = EXCHANGE;
    quote.price = Math.max(pair.tick(), pair.middle() + (random.below(5) - 2) * pair.tick());
    quote.spread = (1 + random.below(9)) * pair.tick();
    quote.size = 1;
    quote.conditions = ConditionSet.NONE;
  }

  @Override
  public void write(JsonBytes json, Instrument pair, Tick quote) {
    json.append("{\"ev\":\"C\",\"p\":\"").append(pair.symbolJson());
    json.append("\",\"x\":").number(quote.exchange);
    json.append(",\"a\":").decimal(quote.price + quote.spread, 5);
    json.append(",\"b\":").decimal(quote.price, 5);
    json.append(",\"t\":").number(quote.timeMillis).append('}');
  }

  @Override
  public void write(JsonBytes json, Channel channel, Instrument pair, Bar bar) {
    json.append("{\"ev\":\"").append(channel.name());
    json.append("\",\"pair\":\"").append(pair.symbolJson());
    json.append("\",\"o\":").decimal(bar.open(), 5);
    json.append(",\"c\":").decimal(bar.close(), 5);
    json.append(",\"h\":").decimal(bar.high(), 5);
    json.append(",\"l\":").decimal(bar.low(), 5);
    json.append(",\"v\":").number(bar.volume());
    json.append(",\"s\":").number(bar.startMillis());
    json.append(",\"e\":").number(bar.endMillis()).append('}');
  }
}
