package org.marketanalytics.aggregation;

/** Keeps the encoded minutes of one partition's symbols between batches. */
public interface MinuteStore {

  /** The minute of a symbol that starts at this time (ms), or null. */
  byte[] load(String symbol, long startMillis);

  /** Keeps a minute in place of its former version. */
  void save(String symbol, long startMillis, byte[] minute);

  /** Forgets a minute. */
  void remove(String symbol, long startMillis);

  /** Shows every minute, in any order; the visitor does not change the store. */
  void forEach(Visitor visitor);

  /** Is shown one minute. */
  @FunctionalInterface
  interface Visitor {

    /** Takes the minute of a symbol that starts at this time (ms). */
    void visit(String symbol, long startMillis, byte[] minute);
  }
}
