package org.marketanalytics.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/**
 * The job as most examples have it: JSON to columns, a watermark, windows of SQL, and Spark's own
 * defaults. Runs in a process of its own: Spark is not on the class path of {@code bin/bench}.
 */
public final class NaiveAggregation {

  /** Below the checkpoint, the one of each query. */
  static final String AVERAGES = "averages";

  static final String BARS = "bars";

  /** Topic of the rows. */
  static final String OUT = "naive.aggregated";

  private static final String EVENT =
      "ev STRING, sym STRING, v DOUBLE, vw DOUBLE, o DOUBLE, h DOUBLE, l DOUBLE, c DOUBLE, s BIGINT";

  private static final String AVERAGES_SQL =
      """
      SELECT sym, window.start, window.end,
        avg(o) AS avg_open, avg(h) AS avg_high, avg(l) AS avg_low, avg(c) AS avg_close, count(*) AS seconds
      FROM events
      GROUP BY sym, window(time, '60 seconds', '5 seconds')
      """;

  private static final String BARS_SQL =
      """
      SELECT sym, window.start, window.end,
        min_by(o, s) AS open, max(h) AS high, min(l) AS low, max_by(c, s) AS close,
        sum(v) AS volume, sum(vw * v) / sum(v) AS vwap, count(*) AS seconds
      FROM events
      GROUP BY sym, window(time, '60 seconds')
      """;

  private NaiveAggregation() {}

  /**
   * Reads what is on the raw topic, and ends.
   *
   * @param arguments of the job's: {@code --bootstrap-servers}, {@code --checkpoint} and {@code
   *     --max-records}; others are not looked at
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    String kafka = options.get("--bootstrap-servers");
    SparkSession spark = session();
    spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", kafka)
        .option("subscribe", TopicLog.RAW)
        .option("startingOffsets", "earliest")
        .option("maxOffsetsPerTrigger", options.get("--max-records"))
        .load()
        .selectExpr("from_json(CAST(value AS STRING), '" + EVENT + "') AS event")
        .selectExpr("event.*", "timestamp_millis(event.s) AS time")
        .where("ev = 'A' AND sym IS NOT NULL")
        .withWatermark("time", "120 seconds")
        .createOrReplaceTempView("events");
    Path checkpoint = Path.of(options.get("--checkpoint"));
    StreamingQuery averages = write(spark.sql(AVERAGES_SQL), kafka, checkpoint.resolve(AVERAGES));
    StreamingQuery bars = write(spark.sql(BARS_SQL), kafka, checkpoint.resolve(BARS));
    System.out.println("job ready");
    averages.awaitTermination();
    bars.awaitTermination();
  }

  /** Nothing but where it runs: on this machine, not seen from others. */
  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[*]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .getOrCreate();
  }

  private static StreamingQuery write(Dataset<Row> rows, String kafka, Path checkpoint)
      throws Exception {
    return rows.selectExpr("sym AS key", "to_json(struct(*)) AS value")
        .writeStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", kafka)
        .option("topic", OUT)
        .option("checkpointLocation", checkpoint.toString())
        .outputMode("update")
        .trigger(Trigger.AvailableNow())
        .start();
  }
}
