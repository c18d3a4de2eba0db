package org.marketanalytics.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.struct;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * One of the two tables: its columns, and the fields of the aggregated topic that fill them.
 *
 * <p>Times are milliseconds since the epoch on both sides, taken apart by the database itself, so
 * that no time zone of a driver or a JVM comes between.
 */
enum StoredTable {
  BARS(
      "bars",
      Rows.BAR,
      "bar_start",
      List.of(
          new Field("bar_end", "end", Type.TIME),
          new Field("open", "open", Type.PRICE),
          new Field("high", "high", Type.PRICE),
          new Field("low", "low", Type.PRICE),
          new Field("close", "close", Type.PRICE),
          new Field("volume", "volume", Type.VOLUME),
          new Field("vwap", "vwap", Type.PRICE),
          new Field("trades", "trades", Type.COUNT),
          new Field("seconds", "seconds", Type.COUNT),
          new Field("revision", "revision", Type.COUNT),
          new Field("final", "final", Type.FLAG))),
  MOVING_AVERAGES(
      "moving_averages",
      Rows.AVERAGE,
      "window_end",
      List.of(
          new Field("window_start", "start", Type.TIME),
          new Field("avg_open", "avg_open", Type.PRICE),
          new Field("avg_high", "avg_high", Type.PRICE),
          new Field("avg_low", "avg_low", Type.PRICE),
          new Field("avg_close", "avg_close", Type.PRICE),
          new Field("seconds", "seconds", Type.COUNT),
          new Field("revision", "revision", Type.COUNT)));

  /** Of a column, in SQL, in Spark and in JSON. */
  enum Type {
    TIME("bigint", "bigint"),
    PRICE("decimal(18,6)", "decimal(18,6)"),
    VOLUME("decimal(20,6)", "decimal(20,6)"),
    COUNT("bigint", "bigint"),
    FLAG("bigint", "boolean");

    private final String compared;
    private final String json;

    Type(String compared, String json) {
      this.compared = compared;
      this.json = json;
    }
  }

  /** A column that is not part of the key. */
  record Field(String column, String json, Type type) {}

  private static final long MINUTE_MILLIS = 60_000;

  private final String table;
  private final String kind;
  private final String timeColumn;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Field> fields;

  StoredTable(String table, String kind, String timeColumn, List<Field> fields) {
    this.table = table;
    this.kind = kind;
    this.timeColumn = timeColumn;
    this.fields = fields;
  }

  String table() {
    return table;
  }

  /** The column of the primary key beside {@code symbol}. */
  String timeColumn() {
    return timeColumn;
  }

  List<Field> fields() {
    return fields;
  }

  /** The columns that are compared, as a struct of this name. */
  Column values(String name) {
    return struct(fields.stream().map(field -> col(field.column())).toArray(Column[]::new))
        .as(name);
  }

  /** What the table must hold of these rows of {@link Recomputation#lastRows}. */
  Dataset<Row> of(Dataset<Row> lastRows) {
    StructType schema = new StructType();
    for (Field field : fields) {
      schema = schema.add(field.json(), field.type().json);
    }
    Dataset<Row> parsed =
        lastRows
            .where(col("kind").equalTo(kind))
            .withColumn("row", from_json(col("value").cast("string"), schema));
    return parsed.select(
        Stream.concat(
                Stream.of(col("symbol"), col("time")),
                fields.stream()
                    .map(
                        field ->
                            col("row." + field.json())
                                .cast(field.type().compared)
                                .as(field.column())))
            .toArray(Column[]::new));
  }

  /** Least key time (ms) of a row that belongs to a range which starts here. */
  long first(Instant from) {
    return this == BARS ? from.toEpochMilli() : from.toEpochMilli() + 1;
  }

  /** First key time (ms) behind the rows of a range that ends here. */
  long behind(Instant to) {
    return (this == BARS ? to.toEpochMilli() - MINUTE_MILLIS : to.toEpochMilli()) + 1;
  }

  /** The query that reads symbol, time and every compared column from the table. */
  String query() {
    String columns = fields.stream().map(StoredTable::select).collect(Collectors.joining(", "));
    return "(SELECT symbol, %1$s AS key_time, %2$s AS time, %3$s FROM %4$s) AS stored_rows"
        .formatted(timeColumn, millis(timeColumn), columns, table);
  }

  private static String select(Field field) {
    return switch (field.type()) {
      case TIME -> millis(field.column()) + " AS " + field.column();
      case FLAG -> field.column() + " + 0 AS " + field.column();
      default -> field.column();
    };
  }

  /**
   * A TIMESTAMP literal would be read in the session's zone; a difference of DATETIMEs has none.
   */
  private static String millis(String column) {
    return "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', %s) DIV 1000".formatted(column);
  }

  /** The same columns with the types of {@link #of}. */
  Dataset<Row> typed(Dataset<Row> stored) {
    return stored.select(
        Stream.concat(
                Stream.of(col("symbol"), col("time").cast("bigint").as("time")),
                fields.stream()
                    .map(
                        field ->
                            col(field.column()).cast(field.type().compared).as(field.column())))
            .toArray(Column[]::new));
  }
}
