package org.marketanalytics.spark;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.marketanalytics.aggregation.Input;
import org.marketanalytics.aggregation.LogRecord;
import scala.jdk.javaapi.CollectionConverters;

/** Records of the raw topic: with the columns of Spark's Kafka source, and as packs. */
final class RawRows {
  static final long START = 1_788_877_020_000L;

  private static final StructType HEADER =
      new StructType().add("key", StringType).add("value", BinaryType);
  static final StructType KAFKA =
      new StructType()
          .add("key", BinaryType)
          .add("value", BinaryType)
          .add("topic", StringType)
          .add("partition", IntegerType)
          .add("offset", LongType)
          .add("timestamp", TimestampType)
          .add("timestampType", IntegerType)
          .add("headers", DataTypes.createArrayType(HEADER));

  private RawRows() {}

  static MemoryStream<Row> source(SparkSession spark) {
    return MemoryStream.apply(Encoders.row(Pack.TYPE), spark);
  }

  /** The packs that a run on aggregates makes of these records. */
  static scala.collection.immutable.Seq<Row> packs(Row... records) {
    return CollectionConverters.asScala(packed(records)).toList();
  }

  /** The same as a list of Java. */
  static List<Row> packed(Row... records) {
    Packing packing = new Packing(Input.AGGREGATES.kinds());
    for (Row record : records) {
      packing.add(List.of(consumed(record)));
    }
    packing.end();
    List<Row> packs = new ArrayList<>();
    while (!packing.isEmpty()) {
      packs.add(RowFactory.create(packing.next()));
    }
    return packs;
  }

  /** A record with the columns of Spark's Kafka source as a consumer reads it. */
  static ConsumerRecord<byte[], byte[]> consumed(Row record) {
    Headers headers = new RecordHeaders();
    if (!record.isNullAt(7)) {
      for (Row header : record.<Row>getList(7)) {
        headers.add(header.getString(0), (byte[]) header.get(1));
      }
    }
    return new ConsumerRecord<>(
        record.getString(2),
        record.getInt(3),
        record.getLong(4),
        record.getTimestamp(5).getTime(),
        org.apache.kafka.common.record.TimestampType.CREATE_TIME,
        0,
        0,
        (byte[]) record.get(0),
        (byte[]) record.get(1),
        headers,
        Optional.empty());
  }

  static Row second(String symbol, int partition, long offset, String price) {
    long start = START + offset * 1000;
    return record(
        symbol,
        partition,
        offset,
        json(symbol, start, price),
        Map.of("ev", "A", "received", Long.toString(start + 3_000)));
  }

  static String json(String symbol, long start, String price) {
    return """
    {"ev":"A","sym":"%1$s","v":2,"vw":%2$s,"o":%2$s,"c":%2$s,"h":%2$s,"l":%2$s,"z":2,"s":%3$d,"e":%3$d}"""
        .formatted(symbol, price, start);
  }

  static Row beat(int partition, long offset, long time) {
    String json = "{\"ev\":\"heartbeat\",\"t\":%d}".formatted(time);
    return record(
        null, partition, offset, json, Map.of("ev", "heartbeat", "received", Long.toString(time)));
  }

  static Row record(String key, int partition, long offset, String value) {
    return record(key, partition, offset, value, Map.of());
  }

  static Row record(
      String key, int partition, long offset, String value, Map<String, String> headers) {
    List<Row> list = new ArrayList<>();
    headers.forEach((name, text) -> list.add(header(name, text)));
    return record(key, partition, offset, value, list);
  }

  static Row header(String name, String text) {
    return RowFactory.create(name, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  static Row record(String key, int partition, long offset, String value, List<Row> headers) {
    return RowFactory.create(
        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
        value.getBytes(StandardCharsets.UTF_8),
        "market.raw",
        partition,
        offset,
        new Timestamp(START),
        0,
        headers.isEmpty() ? null : CollectionConverters.asScala(headers).toSeq());
  }

  /** A record of a pack without the others that stand there. */
  static LogRecord alone(LogRecord record) {
    return new LogRecord(
        record.offset(),
        record.timestampMillis(),
        record.receivedMillis(),
        record.ev(),
        record.value());
  }
}
