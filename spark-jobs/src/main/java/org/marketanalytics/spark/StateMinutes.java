package org.marketanalytics.spark;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.streaming.MapState;
import org.marketanalytics.aggregation.MinuteStore;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * The minutes of a partition in Spark's state store, by minute since the epoch, a blank and the
 * symbol; and the entries of its journal, by their number.
 */
final class StateMinutes implements MinuteStore {
  private static final long MINUTE_MILLIS = 60_000;

  private final MapState<String, byte[]> state;
  private final MapState<Long, byte[]> journal;

  StateMinutes(MapState<String, byte[]> state, MapState<Long, byte[]> journal) {
    this.state = state;
    this.journal = journal;
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
      int blank = key.indexOf(' ');
      long startMillis = Long.parseLong(key, 0, blank, 10) * MINUTE_MILLIS;
      visitor.visit(key.substring(blank + 1), startMillis, entry._2());
    }
  }

  @Override
  public void saveEntry(long number, byte[] entry) {
    journal.updateValue(number, entry);
  }

  @Override
  public void removeEntry(long number) {
    journal.removeKey(number);
  }

  @Override
  public SortedMap<Long, byte[]> entries() {
    SortedMap<Long, byte[]> entries = new TreeMap<>();
    Iterator<Tuple2<Long, byte[]>> all = journal.iterator();
    while (all.hasNext()) {
      Tuple2<Long, byte[]> entry = all.next();
      entries.put(entry._1(), entry._2());
    }
    return entries;
  }

  private static String key(String symbol, long startMillis) {
    return startMillis / MINUTE_MILLIS + " " + symbol;
  }
}
