package org.marketanalytics.spark;

import org.apache.spark.sql.streaming.MapState;
import org.marketanalytics.aggregation.MinuteStore;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * The minutes and the journal of a partition in one map of Spark's state store, as each map costs
 * time in every batch. The key of a minute is the minute since the epoch, a blank and the symbol;
 * that of an entry {@code journal}, a blank and its number.
 */
final class StateMinutes implements MinuteStore {
  private static final long MINUTE_MILLIS = 60_000;
  private static final String JOURNAL = "journal ";

  private final MapState<String, byte[]> state;

  StateMinutes(MapState<String, byte[]> state) {
    this.state = state;
  }

  @Override
  public byte[] load(String symbol, long startMillis) {
    return state.getValue(key(symbol, startMillis));
  }

  @Override
  public void save(String symbol, long startMillis, byte[] minute) {
    state.updateValue(key(symbol, startMillis), minute);
  }

  @Override
  public void remove(String symbol, long startMillis) {
    state.removeKey(key(symbol, startMillis));
  }

  @Override
  public void forEach(Visitor visitor) {
    Iterator<Tuple2<String, byte[]>> all = state.iterator();
    while (all.hasNext()) {
      Tuple2<String, byte[]> entry = all.next();
      String key = entry._1();
      if (key.startsWith(JOURNAL)) {
        visitor.entry(Long.parseLong(key.substring(JOURNAL.length())), entry._2());
      } else {
        int blank = key.indexOf(' ');
        long startMillis = Long.parseLong(key, 0, blank, 10) * MINUTE_MILLIS;
        visitor.minute(key.substring(blank + 1), startMillis, entry._2());
      }
    }
  }

  @Override
  public void saveEntry(long number, byte[] entry) {
    state.updateValue(JOURNAL + number, entry);
  }

  @Override
  public void removeEntry(long number) {
    state.removeKey(JOURNAL + number);
  }

  private static String key(String symbol, long startMillis) {
    return startMillis / MINUTE_MILLIS + " " + symbol;
  }
}
