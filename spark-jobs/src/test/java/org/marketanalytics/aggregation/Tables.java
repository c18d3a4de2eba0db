package org.marketanalytics.aggregation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the tables would hold: of each key the last row, unless its revision is older. Notes what no
 * run without a kill may do.
 */
class Tables implements Output {
  final Map<String, Bar> bars = new TreeMap<>();
  final Map<String, Average> averages = new TreeMap<>();
  final Map<Long, Reason> deadLetters = new TreeMap<>();
  final List<String> broken = new ArrayList<>();

  @Override
  public void bar(Bar bar) {
    String key = bar.symbol() + " " + bar.startMillis();
    Bar former = bars.get(key);
    if (former != null && former.revision() > bar.revision()) {
      broken.add("revision goes back: " + former + " " + bar);
      return;
    }
    bars.put(key, bar);
    if (former != null && former.isFinal() && !former.equals(bar)) {
      broken.add("a final bar changes: " + former + " " + bar);
    }
  }

  @Override
  public void average(Average average) {
    String key = average.symbol() + " " + average.endMillis();
    Average former = averages.get(key);
    if (former != null && former.revision() > average.revision()) {
      broken.add("revision goes back: " + former + " " + average);
      return;
    }
    averages.put(key, average);
  }

  @Override
  public void deadLetter(LogRecord record, Reason reason, String error) {
    deadLetters.put(record.offset(), reason);
  }
}
