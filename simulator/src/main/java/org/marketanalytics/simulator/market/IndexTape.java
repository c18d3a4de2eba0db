package org.marketanalytics.simulator.market;

/** Values of indices, which have no volume. */
final class IndexTape implements Tape {
  @Override
  public Channel ticks() {
    return Channel.V;
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
    return 1;
  }

  @Override
  public void draw(Instrument index, Session session, Randomness random, Tick value) {
    value.price = Math.max(1, index.middle());
    value.size = 0;
    value.conditions = ConditionSet.NONE;
  }

  @Override
  public void write(JsonBytes json, Instrument index, Tick value) {
    json.append("{\"ev\":\"V\",\"val\":").decimal(value.price, 2);
    json.append(",\"T\":\"").append(index.symbolJson());
    json.append("\",\"t\":").number(value.timeMillis).append('}');
  }

  @Override
  public void write(JsonBytes json, Channel channel, Instrument index, Bar bar) {
    json.append("{\"ev\":\"").append(channel.name());
    json.append("\",\"sym\":\"").append(index.symbolJson());
    if (bar.dayOpen() != 0) {
      json.append("\",\"op\":").decimal(bar.dayOpen(), 2);
    } else {
      json.append('"');
    }
    json.append(",\"o\":").decimal(bar.open(), 2);
    json.append(",\"c\":").decimal(bar.close(), 2);
    json.append(",\"h\":").decimal(bar.high(), 2);
    json.append(",\"l\":").decimal(bar.low(), 2);
    json.append(",\"s\":").number(bar.startMillis());
    json.append(",\"e\":").number(bar.endMillis()).append('}');
  }
}
