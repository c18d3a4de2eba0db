package org.marketanalytics.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_millis;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.types.DataTypes;
import org.marketanalytics.aggregation.Settings;

/**
 * From packs of the raw topic's records to packs of those of the aggregated and the dead-letter
 * topic; reads and writes nothing itself.
 */
final class MarketAggregation {
  /** Name of the metrics that each batch reports: see {@link BatchTally}. */
  static final String METRICS = "market";

  private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";

  private static final UserDefinedFunction LANE =
      udf((UDF2<Integer, String, Integer>) Lanes::keyOf, DataTypes.IntegerType);

  private final Settings settings;
  private final Topics topics;

  MarketAggregation(Settings settings, Topics topics) {
    this.settings = settings;
    this.topics = topics;
  }

  /** Sets up what the plan of {@link #apply} needs of the session that runs it. */
  static void prepare(SparkSession spark) {
    spark.conf().set("spark.sql.shuffle.partitions", "1"); // of each share
    // a sort of what a batch has, which the check takes for one of the whole stream
    spark.conf().set("spark.sql.streaming.unsupportedOperationCheck", "false");
    if (!spark.sparkContext().conf().contains(WHOLE_STAGE)) {
      // the code would be written anew for each batch, for the few rows that its packs are
      spark.conf().set(WHOLE_STAGE, "false");
    }
  }

  /**
   * The rows to write.
   *
   * @param shares of the raw topic's partitions, one for each task: rows of {@link Pack#TYPE}
   * @return packs for {@link PackSink}
   */
  Dataset<Row> apply(List<Dataset<Row>> shares) {
    return shares.stream()
        .map(this::aggregated)
        .reduce(Dataset::union)
        .orElseThrow()
        .observe(METRICS, collect_list(col("tally")).as("tallies"))
        .select("pack");
  }

  /**
   * One task reads its partitions, aggregates and writes. Were they dealt out to tasks by Spark, as
   * it does for a grouping, each record would be written to a file and read again, which costs as
   * much as all else. With one task before and one after it, there is nothing to deal out.
   *
   * <p>Spark would sort by lane anyway, and promise no order within one.
   */
  private Dataset<Row> aggregated(Dataset<Row> share) {
    return share
        .coalesce(1)
        .sortWithinPartitions("lane", "first")
        .groupBy(col("lane"))
        .as(Encoders.INT(), Encoders.row(Pack.TYPE))
        .transformWithState(
            new PartitionProcessor(settings, topics),
            TimeMode.None(),
            OutputMode.Update(),
            Encoders.row(Rows.OUT));
  }

  /**
   * Records as Spark's Kafka source reads them, headers included, as rows of {@link Rows#IN}: what
   * a batch reads that is no part of the stream.
   */
  static Dataset<Row> records(Dataset<Row> raw) {
    return raw.select(
        LANE.apply(col("partition"), header("origin")).as("lane"),
        col("partition"),
        col("offset"),
        unix_millis(col("timestamp")).as("timestamp"),
        header("received").try_cast("bigint").as("received"),
        header("ev").as("ev"),
        col("key"),
        col("value"));
  }

  /**
   * The first header of a name. Written with what Spark compiles: a {@code filter} with a lambda is
   * interpreted, and took more than the parsing of the event.
   */
  private static Column header(String name) {
    return expr("get(headers.value, array_position(headers.key, '%s') - 1)".formatted(name))
        .cast("string");
  }
}
