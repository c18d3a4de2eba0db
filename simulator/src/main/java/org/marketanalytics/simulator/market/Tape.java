package org.marketanalytics.simulator.market;

/** How a cluster draws its events and writes them. */
interface Tape {
  /** The channel of single events: trades, or quotes where there are no trades. */
  Channel ticks();

  /** The channel of seconds. */
  Channel seconds();

  /** The channel of minutes. */
  Channel minutes();

  /** The least difference of two prices for an instrument that begins at {@code price}. */
  long tickOf(long price);

  /** Draws an event; its time and the instrument's place are given. */
  void draw(Instrument instrument, Session session, Randomness random, Tick tick);

  void write(JsonBytes json, Instrument instrument, Tick tick);

  void write(JsonBytes json, Channel channel, Instrument instrument, Bar bar);
}
