package org.marketanalytics.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * What became of a comparison.
 *
 * @param rows keys on either side
 * @param differences keys whose rows are not the same
 * @param first the first of them, by time and symbol
 */
record Comparison(long rows, long differences, List<Difference> first) {

  /**
   * Compares both sides of a table; each of its rows is read once.
   *
   * @param computed columns of {@link StoredTable#of}
   * @param stored the same columns
   * @param most how many differences are kept, 0 or more
   */
  static Comparison of(StoredTable table, Dataset<Row> computed, Dataset<Row> stored, int most) {
    Column differs = not(col("stored").eqNullSafe(col("computed")));
    Dataset<Row> compared =
        computed
            .select(col("symbol"), col("time"), table.values("computed"))
            .join(
                stored.select(col("symbol"), col("time"), table.values("stored")),
                new String[] {"symbol", "time"},
                "full_outer")
            .select(
                col("symbol"),
                col("time"),
                differs.as("differs"),
                when(differs, col("stored")).as("stored"),
                when(differs, col("computed")).as("computed"))
            .persist(StorageLevel.DISK_ONLY());
    try {
      Row counts = compared.agg(count(lit(1)), count_if(col("differs"))).head();
      List<Row> first =
          compared
              .where(col("differs"))
              .orderBy(col("time"), col("symbol"))
              .limit(most)
              .collectAsList();
      return new Comparison(
          counts.getLong(0),
          counts.getLong(1),
          first.stream().map(row -> difference(table, row)).toList());
    } finally {
      compared.unpersist();
    }
  }

  /** Both together, no more differences kept than asked for. */
  Comparison and(Comparison other, int most) {
    List<Difference> both = new ArrayList<>(first);
    both.addAll(other.first);
    return new Comparison(
        rows + other.rows,
        differences + other.differences,
        List.copyOf(both.subList(0, Math.min(most, both.size()))));
  }

  private static Difference difference(StoredTable table, Row row) {
    Row computed = row.getAs("computed");
    Row stored = row.getAs("stored");
    Difference.Kind kind =
        stored == null
            ? Difference.Kind.MISSING
            : computed == null ? Difference.Kind.TOO_MANY : Difference.Kind.DIFFERENT;
    List<Difference.Value> values = new ArrayList<>();
    for (int i = 0; i < table.fields().size(); i++) {
      StoredTable.Field field = table.fields().get(i);
      Object inDatabase = stored == null ? null : stored.get(i);
      Object inLog = computed == null ? null : computed.get(i);
      if (kind != Difference.Kind.DIFFERENT || !Objects.equals(inDatabase, inLog)) {
        values.add(
            new Difference.Value(field.column(), shown(field, inDatabase), shown(field, inLog)));
      }
    }
    Instant time = Instant.ofEpochMilli(row.<Long>getAs("time"));
    return new Difference(table, row.getAs("symbol"), time, kind, values);
  }

  private static String shown(StoredTable.Field field, Object value) {
    if (value == null) {
      return null;
    }
    return field.type() == StoredTable.Type.TIME
        ? Instant.ofEpochMilli((Long) value).toString()
        : value.toString();
  }
}
