package org.marketanalytics.simulator.market;

/** Where a market's events go, in the order in which the feed would send them. */
public interface MarketSink {
  /**
   * Whether anybody wants the event; it is not written otherwise. The market is the same either
   * way.
   */
  boolean wants(Channel channel, int instrument);

  /** Begins an event; the market appends its JSON object and then calls {@link #end()}. */
  JsonBytes begin(Channel channel, int instrument, long timeMillis);

  /** Ends the event begun last. */
  void end();

  /** An aggregate as it is sent, wanted or not. */
  void sent(Channel channel, Bar bar);
}
