package org.marketanalytics.spark;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.marketanalytics.aggregation.Progress;
import org.marketanalytics.aggregation.Tally;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What became of one partition's records in one batch, as it travels from the operator to the
 * driver.
 *
 * @param lane of {@link Lanes}: a partition of the raw topic
 * @param clockMillis where the partition's clock stands, or {@link Progress#NOT_STARTED}
 * @param accepted events and heartbeats that were used
 * @param ignored events of kinds that the run does not read
 * @param repeated records that were read before
 * @param bars rows written
 * @param averages rows written
 * @param deadLetters by reason
 * @param late of these the ones that came too late, by symbol; at most {@link Symbols#MOST}
 */
record LaneTally(
    int lane,
    long clockMillis,
    long accepted,
    long ignored,
    long repeated,
    long bars,
    long averages,
    Map<String, Long> deadLetters,
    Map<String, Long> late) {

  static final StructType TYPE =
      new StructType()
          .add("lane", IntegerType)
          .add("clock", LongType)
          .add("accepted", LongType)
          .add("ignored", LongType)
          .add("repeated", LongType)
          .add("bars", LongType)
          .add("averages", LongType)
          .add("dead_letters", createMapType(StringType, LongType))
          .add("late", createMapType(StringType, LongType));

  static LaneTally of(
      int lane,
      Tally tally,
      Progress progress,
      long bars,
      long averages,
      Map<String, Long> deadLetters,
      Map<String, Long> late) {
    return new LaneTally(
        lane,
        progress.clockMillis(),
        tally.accepted(),
        tally.ignored(),
        tally.repeated(),
        bars,
        averages,
        deadLetters,
        late);
  }

  static LaneTally of(Row row) {
    return new LaneTally(
        row.getInt(0),
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        counts(row, 7),
        counts(row, 8));
  }

  Row toRow() {
    return RowFactory.create(
        lane,
        clockMillis,
        accepted,
        ignored,
        repeated,
        bars,
        averages,
        CollectionConverters.asScala(deadLetters),
        CollectionConverters.asScala(late));
  }

  private static Map<String, Long> counts(Row row, int column) {
    return new HashMap<>(row.getJavaMap(column));
  }
}
