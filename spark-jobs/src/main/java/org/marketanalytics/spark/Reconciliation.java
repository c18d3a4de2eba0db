package org.marketanalytics.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.marketanalytics.aggregation.Progress;
import org.marketanalytics.aggregation.Settings;

/**
 * A comparison of the tables with the log.
 *
 * @param from start of the range that was compared
 * @param to its end
 * @param comparison of both tables
 */
record Reconciliation(Instant from, Instant to, Comparison comparison) {

  private static final long MINUTE_MILLIS = 60_000;

  /**
   * Computes the log's rows and compares them.
   *
   * @param records rows of {@link Rows#IN} that reach far enough before {@code from}
   * @param to end of the range, or null for the time before which nothing can change any more
   * @param most how many differences are kept
   * @throws StartException when {@code to} is null and nothing after {@code from} is settled
   */
  static Reconciliation of(
      SparkSession spark,
      Dataset<Row> records,
      Settings settings,
      StoredRows database,
      Instant from,
      Instant to,
      int most) {
    Dataset<Row> rows =
        Recomputation.lastRows(records, settings, from).persist(StorageLevel.DISK_ONLY());
    try {
      Instant end = to == null ? settled(rows, settings.lateness(), from) : to;
      Comparison all = new Comparison(0, 0, List.of());
      for (StoredTable table : StoredTable.values()) {
        long first = table.first(from);
        long behind = Math.max(first, table.behind(end));
        Dataset<Row> computed =
            table.of(rows).where(col("time").geq(first).and(col("time").lt(behind)));
        long dense = firstTime(computed).orElse(first);
        Dataset<Row> stored = database.read(spark, table, first, behind, dense);
        all = all.and(Comparison.of(table, computed, stored, most), most);
      }
      return new Reconciliation(from, end, all);
    } finally {
      rows.unpersist();
    }
  }

  /**
   * What no event can change any more: the end of the last minute that is final in every partition.
   * What was replayed counts only where nothing is live: its times stand still when it has ended. A
   * partition without a record that moved its clock has no watermark yet, and does not count.
   */
  private static Instant settled(Dataset<Row> rows, Duration lateness, Instant from) {
    List<Row> lanes = rows.where(col("kind").equalTo(Recomputation.WATERMARK)).collectAsList();
    OptionalLong live = least(lanes, false);
    OptionalLong watermark = live.isPresent() ? live : least(lanes, true);
    if (watermark.isPresent()) {
      long end = watermark.getAsLong() - lateness.toMillis();
      Instant settled = Instant.ofEpochMilli(end - Math.floorMod(end, MINUTE_MILLIS));
      if (settled.isAfter(from)) {
        return settled;
      }
    }
    throw new StartException(
        "nothing after %s is settled yet, the log's watermark is %s: name --to to compare all the same"
            .formatted(
                from,
                watermark.isPresent() ? Instant.ofEpochMilli(watermark.getAsLong()) : "not there"),
        null);
  }

  private static OptionalLong least(List<Row> lanes, boolean replay) {
    return lanes.stream()
        .filter(lane -> Lanes.isReplay(Integer.parseInt(lane.getAs("symbol"))) == replay)
        .mapToLong(lane -> lane.<Long>getAs("time"))
        .filter(millis -> millis != Progress.NOT_STARTED)
        .min();
  }

  private static OptionalLong firstTime(Dataset<Row> rows) {
    Row first = rows.agg(min("time")).head();
    return first.isNullAt(0) ? OptionalLong.empty() : OptionalLong.of(first.getLong(0));
  }
}
