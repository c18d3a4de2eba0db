package org.marketanalytics.spark;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.marketanalytics.aggregation.LogRecord;
import org.marketanalytics.aggregation.Reason;

/** The columns that go into the stateful operator and the ones that come out of it. */
final class Rows {
  static final String BAR = "bar";
  static final String AVERAGE = "average";
  static final String DEAD_LETTER = "dead-letter";
  static final String TALLY = "tally";

  /** A record of the raw topic. */
  static final StructType IN =
      new StructType()
          .add("lane", IntegerType)
          .add("partition", IntegerType)
          .add("offset", LongType)
          .add("timestamp", LongType)
          .add("received", LongType)
          .add("ev", StringType)
          .add("key", BinaryType)
          .add("value", BinaryType);

  /** A row of a batch: something to write, or once a partition what became of its records. */
  static final StructType OUT =
      new StructType()
          .add("kind", StringType)
          .add("key", BinaryType)
          .add("value", BinaryType)
          .add("reason", StringType)
          .add("error", StringType)
          .add("partition", IntegerType)
          .add("offset", LongType)
          .add("tally", LaneTally.TYPE);

  /** Longest dead letter that goes out whole: a broker takes 1 MiB a record, headers included. */
  private static final int MOST_BYTES = 512 * 1024;

  private static final int KEPT_BYTES = 64 * 1024;

  private Rows() {}

  static LogRecord record(Row row) {
    long received = row.isNullAt(4) ? LogRecord.UNKNOWN : row.getLong(4);
    return new LogRecord(row.getLong(2), row.getLong(3), received, row.getString(5), bytes(row, 7));
  }

  /** The same row with another offset. */
  static Row withOffset(Row row, long offset) {
    Object[] values = new Object[row.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i == 2 ? (Object) offset : row.get(i);
    }
    return RowFactory.create(values);
  }

  static int lane(Row row) {
    return row.getInt(0);
  }

  static int partition(Row row) {
    return row.getInt(1);
  }

  static byte[] key(Row row) {
    return bytes(row, 6);
  }

  static Row aggregated(String kind, byte[] key, byte[] value) {
    return RowFactory.create(kind, key, value, null, null, null, null, null);
  }

  /**
   * A dead letter, cut short where a broker would refuse it.
   *
   * @param partition and {@code offset}: null for what does not stand on the raw topic
   */
  static Row deadLetter(
      byte[] key, byte[] value, Reason reason, String error, Integer partition, Long offset) {
    byte[] kept = value;
    String sentence = error;
    if (value != null && value.length > MOST_BYTES) {
      kept = Arrays.copyOf(value, KEPT_BYTES);
      sentence =
          "%s; only the first %d of its %d bytes are kept here"
              .formatted(error, KEPT_BYTES, value.length);
    }
    return RowFactory.create(
        DEAD_LETTER, key, kept, reason.slug(), sentence, partition, offset, null);
  }

  static Row tally(LaneTally tally) {
    return RowFactory.create(TALLY, null, null, null, null, null, null, tally.toRow());
  }

  private static byte[] bytes(Row row, int column) {
    return (byte[]) row.get(column);
  }
}
