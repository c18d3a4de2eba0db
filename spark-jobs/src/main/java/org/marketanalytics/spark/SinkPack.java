package org.marketanalytics.spark;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Records to write side by side in one array, as {@link Pack} has those that were read: Spark
 * handles a few arrays in place of each record.
 *
 * <p>Each record is topic, key and value, the count of its headers, then their names and values;
 * each text and value after its length, which is -1 for one that is missing.
 */
final class SinkPack {
  /** A record, with the columns of Spark's Kafka sink. */
  static final StructType RECORD =
      new StructType()
          .add("topic", StringType)
          .add("key", BinaryType)
          .add("value", BinaryType)
          .add(
              "headers",
              createArrayType(new StructType().add("key", StringType).add("value", BinaryType)));

  private SinkPack() {}

  /** Makes packs, one after another. */
  static final class Builder {
    private final PackBuffer records = new PackBuffer();

    /**
     * Adds a record.
     *
     * @param key or null, as {@code value}
     * @param headers names and values in turn
     */
    void add(byte[] topic, byte[] key, byte[] value, byte[]... headers) {
      records.put(topic);
      records.put(key);
      records.put(value);
      records.putInt(headers.length / 2);
      for (byte[] part : headers) {
        records.put(part);
      }
    }

    boolean isFull() {
      return records.isFull();
    }

    boolean isEmpty() {
      return records.isEmpty();
    }

    /** What was added since the last time. */
    byte[] take() {
      return records.take();
    }
  }

  /** Gives the records of a pack as rows of {@link #RECORD}. */
  static final class Reader implements Iterator<InternalRow> {
    private final ByteBuffer records;

    Reader(byte[] pack) {
      this.records = ByteBuffer.wrap(pack);
    }

    @Override
    public boolean hasNext() {
      return records.hasRemaining();
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all records of the pack were taken");
      }
      return row(text(), bytes(), bytes(), headers());
    }

    private ArrayData headers() {
      Object[] headers = new Object[records.getInt()];
      for (int i = 0; i < headers.length; i++) {
        headers[i] = row(text(), bytes());
      }
      return new GenericArrayData(headers);
    }

    private UTF8String text() {
      return UTF8String.fromBytes(bytes());
    }

    private byte[] bytes() {
      return PackBuffer.piece(records);
    }

    private static InternalRow row(Object... values) {
      return new GenericInternalRow(values);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
