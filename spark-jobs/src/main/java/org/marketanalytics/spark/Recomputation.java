package org.marketanalytics.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.time.Instant;
import java.util.Deque;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.marketanalytics.aggregation.Average;
import org.marketanalytics.aggregation.Bar;
import org.marketanalytics.aggregation.LogRecord;
import org.marketanalytics.aggregation.Progress;
import org.marketanalytics.aggregation.Reason;
import org.marketanalytics.aggregation.Settings;

/**
 * Computes the rows of the log anew, without the job's state: what its tables must hold when
 * everything was stored.
 */
final class Recomputation {
  /** Kind of the one row a lane that tells, as its time, how far its watermark came. */
  static final String WATERMARK = "watermark";

  /** A row of the log; symbol and time (ms) are its key in the table. */
  private static final StructType ROW =
      new StructType()
          .add("kind", StringType)
          .add("symbol", StringType)
          .add("time", LongType)
          .add("revision", LongType)
          .add("ordinal", LongType)
          .add("value", BinaryType);

  private Recomputation() {}

  /**
   * Of each key the row as it stands last, and one row of kind {@link #WATERMARK} for each lane,
   * with the lane as its symbol.
   *
   * @param records rows of {@link Rows#IN}
   * @param from rows of before are left out: bars that start earlier, averages that do not end
   *     later
   * @return columns kind, symbol, time, value: the JSON of the aggregated topic
   */
  static Dataset<Row> lastRows(Dataset<Row> records, Settings settings, Instant from) {
    long fromMillis = from.toEpochMilli();
    FlatMapGroupsFunction<Integer, Row, Row> replay =
        (lane, rows) -> replay(settings, fromMillis, rows);
    return records
        .groupBy(col("lane"))
        .as(Encoders.INT(), Encoders.row(Rows.IN))
        .flatMapSortedGroups(new Column[] {col("offset")}, replay, Encoders.row(ROW))
        .groupBy(col("kind"), col("symbol"), col("time"))
        // the rule of the tables: a row yields to one that is not older
        .agg(max_by(col("value"), struct(col("revision"), col("ordinal"))).as("value"));
  }

  private static Iterator<Row> replay(Settings settings, long fromMillis, Iterator<Row> records) {
    Deque<Row> rows = LaneReplay.noRows();
    return new LaneReplay(settings, records, rows, new Keyed(fromMillis, rows));
  }

  /** Keeps rows of the range, numbered in the order in which they come. */
  private static final class Keyed implements LaneReplay.Target {
    private final long fromMillis;
    private final Deque<Row> rows;
    private long ordinal;
    private int lane;

    Keyed(long fromMillis, Deque<Row> rows) {
      this.fromMillis = fromMillis;
      this.rows = rows;
    }

    @Override
    public void reading(Row record) {
      lane = Rows.lane(record);
    }

    @Override
    public void bar(Bar bar) {
      if (bar.startMillis() >= fromMillis) {
        add(Rows.BAR, bar.symbol(), bar.startMillis(), bar.revision(), bar.json());
      }
    }

    @Override
    public void average(Average average) {
      if (average.endMillis() > fromMillis) {
        long end = average.endMillis();
        add(Rows.AVERAGE, average.symbol(), end, average.revision(), average.json());
      }
    }

    @Override
    public void deadLetter(LogRecord record, Reason reason, String error) {
      // makes no row of a table
    }

    @Override
    public void ended(Progress progress) {
      add(WATERMARK, Integer.toString(lane), progress.watermarkMillis(), 0, null);
    }

    private void add(String kind, String symbol, long time, long revision, byte[] json) {
      rows.add(RowFactory.create(kind, symbol, time, revision, ordinal++, json));
    }
  }
}
