package org.marketanalytics.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import org.marketanalytics.aggregation.Average;
import org.marketanalytics.aggregation.Bar;
import org.marketanalytics.aggregation.LogRecord;
import org.marketanalytics.aggregation.PartitionAggregation;
import org.marketanalytics.aggregation.PartitionMemory;
import org.marketanalytics.aggregation.Progress;
import org.marketanalytics.aggregation.Reason;
import org.marketanalytics.aggregation.Settings;
import org.marketanalytics.aggregation.Tally;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Runs the aggregation of one Kafka partition over each micro-batch.
 *
 * <p>The grouping key is the partition, not the symbol, as only a partition's offsets put records
 * into one order that every run sees again. Spark's watermark is not used: it moves between
 * batches, so what it drops depends on where the batches were cut.
 */
final class PartitionProcessor extends StatefulProcessor<Integer, Row, Row> {
  private static final long serialVersionUID = 1L;

  private final Settings settings;
  private final Topics topics;
  private transient ValueState<byte[]> progress;
  private transient MapState<String, byte[]> minutes;

  PartitionProcessor(Settings settings, Topics topics) {
    this.settings = settings;
    this.topics = topics;
  }

  @Override
  public void init(OutputMode outputMode, TimeMode timeMode) {
    progress = getHandle().getValueState("progress", Encoders.BINARY(), TTLConfig.NONE());
    minutes =
        getHandle().getMapState("minutes", Encoders.STRING(), Encoders.BINARY(), TTLConfig.NONE());
  }

  @Override
  public Iterator<Row> handleInputRows(Integer lane, Iterator<Row> packs, TimerValues timers) {
    return CollectionConverters.asScala(new Batch(lane, packs));
  }

  /**
   * A batch of one partition, read and written as its rows are asked for: it may write many times
   * what it reads, so its rows are never all in memory. Spark asks for all of them before it
   * commits the state.
   */
  private final class Batch implements java.util.Iterator<Row> {
    private final int lane;
    private final Iterator<Row> packs;
    private final UUID run = getHandle().getQueryInfo().getRunId();
    private final PartitionMemory memory;
    private final Deque<Row> rows = new ArrayDeque<>();
    private final Pack.Reader records = new Pack.Reader();
    private final Collector collector = new Collector(topics, records, rows);
    private final PartitionAggregation aggregation;
    private long ignored;
    private long first = -1;
    private boolean ended;

    Batch(int lane, Iterator<Row> packs) {
      this.lane = lane;
      this.packs = packs;
      this.memory = LaneMemories.take(run, lane);
      this.aggregation =
          new PartitionAggregation(
              settings,
              memory,
              Progress.decode(progress.get(), settings),
              new StateMinutes(minutes),
              collector);
    }

    @Override
    public boolean hasNext() {
      while (rows.isEmpty() && !ended) {
        if (packs.hasNext()) {
          read(packs.next());
        } else if (!aggregation.writeNext()) {
          end();
        }
      }
      return !rows.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all rows of the batch were taken");
      }
      return rows.remove();
    }

    private void read(Row pack) {
      requireOrder(Pack.first(pack));
      ignored += Pack.ignored(pack);
      records.open(pack);
      while (records.hasNext()) {
        aggregation.accept(records.next());
      }
    }

    /** A record that is taken before an earlier one would count for what it finds then. */
    private void requireOrder(long offset) {
      if (offset < first) {
        throw new IllegalStateException(
            "the packs of lane %d are not in their order: offset %d after %d"
                .formatted(lane, offset, first));
      }
      first = offset;
    }

    private void end() {
      Progress after = aggregation.end();
      progress.update(after.encode(settings));
      LaneMemories.keep(run, lane, memory);
      collector.end();
      Tally tally = aggregation.tally().withIgnored(ignored);
      rows.add(Rows.tally(collector.tally(lane, tally, after)));
      ended = true;
    }
  }

  /** Packs all that the aggregation writes, and counts it. */
  private static final class Collector extends PackedOutput {
    private final Pack.Reader records;
    private final Map<String, Long> deadLetters = new HashMap<>();
    private final Map<String, Long> late = new HashMap<>();
    private long bars;
    private long averages;

    Collector(Topics topics, Pack.Reader records, Deque<Row> out) {
      super(topics, pack -> out.add(Rows.packed(pack)));
      this.records = records;
    }

    @Override
    public void bar(Bar bar) {
      bars++;
      super.bar(bar);
    }

    @Override
    public void average(Average average) {
      averages++;
      super.average(average);
    }

    @Override
    public void deadLetter(LogRecord record, Reason reason, String error) {
      deadLetters.merge(reason.slug(), 1L, Long::sum);
      if (reason == Reason.TOO_LATE) {
        Symbols.add(late, Symbols.of(records.key()), 1);
      }
      deadLetter(
          records.key(), record.value(), reason, error, records.partition(), record.offset());
    }

    LaneTally tally(int lane, Tally tally, Progress after) {
      return LaneTally.of(lane, tally, after, bars, averages, deadLetters, late);
    }
  }
}
