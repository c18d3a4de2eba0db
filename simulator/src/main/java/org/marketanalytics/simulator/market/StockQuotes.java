package org.marketanalytics.simulator.market;

/** Best bids and offers of stocks. */
final class StockQuotes {
  private static final int[] EXCHANGES = {11, 12, 19, 8, 10, 21, 15, 7};

  private long bid;
  private long ask;
  private int bidSize;
  private int askSize;
  private int bidExchange;
  private int askExchange;

  void draw(Instrument stock, Randomness random) {
    bid = Math.max(stock.tick(), stock.middle() - (1 + random.below(2)) * stock.tick());
    ask = stock.middle() + (1 + random.below(2)) * stock.tick();
    bidSize = (1 + random.below(9)) * 100;
    askSize = (1 + random.below(9)) * 100;
    bidExchange = EXCHANGES[random.below(EXCHANGES.length)];
    askExchange = EXCHANGES[random.below(EXCHANGES.length)];
  }

  void write(JsonBytes json, Instrument stock, Tick tick) {
    json.append("{\"ev\":\"Q\",\"sym\":\"").append(stock.symbolJson());
    json.append("\",\"i\":[604],\"bx\":").number(bidExchange);
    json.append(",\"ax\":").number(askExchange);
    json.append(",\"bp\":").decimal(bid, 4);
    json.append(",\"ap\":").decimal(ask, 4);
    json.append(",\"bs\":").number(bidSize);
    json.append(",\"as\":").number(askSize);
    json.append(",\"t\":").number(tick.timeMillis);
    json.append(",\"pt\":").number(tick.timeMillis);
    json.append(",\"q\":").number(tick.sequence);
    json.append(",\"z\":").number(stock.tape()).append('}');
  }
}
