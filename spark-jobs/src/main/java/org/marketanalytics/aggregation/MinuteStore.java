package org.marketanalytics.aggregation;

/**
 * Keeps the encoded minutes of one partition's symbols between batches, and the entries of its
 * {@link Journal}.
 */
public interface MinuteStore {

  /** The minute of a symbol that starts at this time (ms), or null. */
  byte[] load(String symbol, long startMillis);

  /** Keeps a minute in place of its former version. */
  void save(String symbol, long startMillis, byte[] minute);

  /** Forgets a minute. */
  void remove(String symbol, long startMillis);

  /** Keeps an entry of the journal. */
  void saveEntry(long number, byte[] entry);

  /** Forgets an entry of the journal. */
  void removeEntry(long number);

  /** Shows all that is kept, in any order; the visitor does not change the store. */
  void forEach(Visitor visitor);

  /** Is shown what a store keeps. */
  interface Visitor {

    /** Takes the minute of a symbol that starts at this time (ms). */
    void minute(String symbol, long startMillis, byte[] minute);

    /** Takes an entry of the journal. */
    void entry(long number, byte[] entry);
  }
}
