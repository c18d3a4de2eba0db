package org.marketanalytics.spark;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Records of the raw topic as rows of {@link Rows#IN}. */
final class LaneRows {
  /** A full minute. */
  static final long START = 1_788_877_020_000L;

  private LaneRows() {}

  static Dataset<Row> of(SparkSession spark, List<Row> rows) {
    return spark.createDataFrame(rows, Rows.IN);
  }

  /** A second of a symbol, received three seconds after its start. */
  static Row second(String symbol, int partition, long offset, long start, String price) {
    return second(symbol, partition, offset, start, start + 3_000, price);
  }

  static Row second(
      String symbol, int partition, long offset, long start, long received, String price) {
    return row(partition, offset, start, received, "A", symbol, json(symbol, start, price));
  }

  static Row beat(int partition, long offset, long time) {
    String json = "{\"ev\":\"heartbeat\",\"t\":%d}".formatted(time);
    return row(partition, offset, time, time, "heartbeat", null, json);
  }

  static Row junk(int partition, long offset) {
    return row(partition, offset, START, START, "A", "J", "{");
  }

  static String json(String symbol, long start, String price) {
    return """
        {"ev":"A","sym":"%1$s","v":2,"vw":%2$s,"o":%2$s,"c":%2$s,"h":%2$s,"l":%2$s,"z":2,"s":%3$d,"e":%3$d}"""
        .formatted(symbol, price, start);
  }

  private static Row row(
      int partition, long offset, long time, long received, String ev, String key, String json) {
    return RowFactory.create(
        Lanes.keyOf(partition, "live"),
        partition,
        offset,
        time,
        received,
        ev,
        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
        json.getBytes(StandardCharsets.UTF_8));
  }
}
