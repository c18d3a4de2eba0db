package org.marketanalytics.spark;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.marketanalytics.aggregation.LogRecord;

/** Records as rows, and the rows that come out of the stateful operator. */
final class Rows {
  static final String BAR = "bar";
  static final String AVERAGE = "average";

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

  /**
   * Of a batch: a pack of records to write, which may be empty, and once a lane what became of its
   * records.
   */
  static final StructType OUT = new StructType().add("pack", BinaryType).add("tally", StringType);

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

  static Row packed(byte[] pack) {
    return RowFactory.create(pack, null);
  }

  static Row tally(LaneTally tally) {
    return RowFactory.create(new byte[0], tally.json());
  }

  private static byte[] bytes(Row row, int column) {
    return (byte[]) row.get(column);
  }
}
