package org.marketanalytics.local;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the rows that the tables must hold of this run, by its records: as many as there are
 * distinct keys among records whose revision is of this run. A record of an older revision stands
 * on events of an earlier run only, and so does its row.
 */
final class AggregatedRows {

  private static final Pattern TIME = Pattern.compile("\"(start|end|revision)\":(\\d+)");
  private static final String BAR = "bar";

  private final long fromRevision;
  private final DistinctKeys bars = new DistinctKeys();
  private final DistinctKeys movingAverages = new DistinctKeys();

  /**
   * Counts records of this revision or a later one.
   *
   * @param fromRevision milliseconds since the epoch
   */
  AggregatedRows(long fromRevision) {
    this.fromRevision = fromRevision;
  }

  /**
   * A record of the aggregated topic; the key of a bar is its start, that of an average its end.
   */
  synchronized void add(String symbol, String type, String json) {
    long start = 0;
    long end = 0;
    long revision = 0;
    for (Matcher time = TIME.matcher(json); time.find(); ) {
      long value = Long.parseLong(time.group(2));
      switch (time.group(1)) {
        case "start" -> start = value;
        case "end" -> end = value;
        default -> revision = value;
      }
    }
    if (revision < fromRevision) {
      return;
    }
    if (type.equals(BAR)) {
      bars.add(symbol + ' ' + start);
    } else {
      movingAverages.add(symbol + ' ' + end);
    }
  }

  /** The milliseconds since the epoch from which a revision is of this run. */
  long fromRevision() {
    return fromRevision;
  }

  /** Empty when there are too many to tell. */
  synchronized OptionalLong bars() {
    return bars.count();
  }

  /** Empty when there are too many to tell. */
  synchronized OptionalLong movingAverages() {
    return movingAverages.count();
  }
}
