package org.marketanalytics.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.marketanalytics.aggregation.LogRecord;
import org.marketanalytics.aggregation.MemoryMinutes;
import org.marketanalytics.aggregation.Output;
import org.marketanalytics.aggregation.PartitionAggregation;
import org.marketanalytics.aggregation.PartitionMemory;
import org.marketanalytics.aggregation.Progress;
import org.marketanalytics.aggregation.Settings;

/**
 * Aggregates the records of one partition from first to last, as they are asked for: held in memory
 * are the state and the rows of one step only.
 */
final class LaneReplay implements Iterator<Row> {
  /**
   * Records of a step. Each may make a row a slide point of its minute, so a longer step takes more
   * memory; a shorter one looks through the kept minutes more often.
   */
  private static final int STEP = 5_000;

  /** Makes the rows of what the aggregation writes. */
  interface Target extends Output {

    /** Is told each record before the aggregation takes it. */
    void reading(Row record);

    /** A record to take after the last one, or null. */
    default LogRecord closing(Progress progress) {
      return null;
    }

    /** Is told how far the partition was read, when its last record was. */
    void ended(Progress progress);
  }

  private final Settings settings;
  private final Iterator<Row> records;
  private final Deque<Row> rows;
  private final Target target;
  private final MemoryMinutes minutes = new MemoryMinutes();
  private final PartitionMemory memory = new PartitionMemory();
  private Progress progress = Progress.START;
  private boolean ended;

  /**
   * Prepares a replay.
   *
   * @param records rows of {@link Rows#IN} in offset order
   * @param rows where the target puts its rows, and this takes them from
   */
  LaneReplay(Settings settings, Iterator<Row> records, Deque<Row> rows, Target target) {
    this.settings = settings;
    this.records = records;
    this.rows = rows;
    this.target = target;
  }

  @Override
  public boolean hasNext() {
    while (rows.isEmpty() && !ended) {
      step();
    }
    return !rows.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all rows of the partition were taken");
    }
    return rows.remove();
  }

  private void step() {
    PartitionAggregation aggregation =
        new PartitionAggregation(settings, memory, progress, minutes, target);
    for (int i = 0; i < STEP && records.hasNext(); i++) {
      Row record = records.next();
      target.reading(record);
      aggregation.accept(Rows.record(record));
    }
    progress = aggregation.flush();
    if (!records.hasNext()) {
      ended = true;
      close();
      target.ended(progress);
    }
  }

  private void close() {
    LogRecord closing = target.closing(progress);
    if (closing != null) {
      PartitionAggregation last =
          new PartitionAggregation(settings, memory, progress, minutes, target);
      last.accept(closing);
      progress = last.flush();
    }
  }

  static Deque<Row> noRows() {
    return new ArrayDeque<>();
  }
}
