package org.marketanalytics.app.store;

/**
 * One row for the database, as one JSON array in the order of the columns that {@code
 * routes/sql/store-*.sql} reads.
 *
 * @param key what the table's primary key is made of
 * @param revision when the newest event in the row was received, in milliseconds since the epoch
 * @param complete whether no event can change the row any more
 * @param json the array
 */
record Row(Key key, long revision, boolean complete, String json) {

  /**
   * The primary key of a row.
   *
   * @param symbol ticker
   * @param millis start of the bar or end of the window, in milliseconds since the epoch
   */
  record Key(String symbol, long millis) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int bySymbol = symbol.compareTo(other.symbol);
      return bySymbol != 0 ? bySymbol : Long.compare(millis, other.millis);
    }
  }

  /**
   * The one of two rows with the same key that the database must end with. Of equal revisions it is
   * the later one: events of one millisecond may lie in two batches of the job, whose rows then
   * differ and not their revisions.
   *
   * @param before the row that came first
   */
  Row newer(Row before) {
    boolean isOlder =
        revision < before.revision || (revision == before.revision && before.complete && !complete);
    return isOlder ? before : this;
  }
}
