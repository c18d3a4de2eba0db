package org.marketanalytics.aggregation;

import java.util.SortedMap;

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

  /** Shows every minute, in any order; the visitor does not change the store. */
  void forEach(Visitor visitor);

  /** Keeps an entry of the journal. */
  void saveEntry(long number, byte[] entry);

  /** Forgets an entry of the journal. */
  void removeEntry(long number);

  /** All entries of the journal by their number. */
  SortedMap<Long, byte[]> entries();

  /** Is shown one minute. */
  @FunctionalInterface
  interface Visitor {

    /** Takes the minute of a symbol that starts at this time (ms). */
    void visit(String symbol, long startMillis, byte[] minute);
  }
}
