package org.marketanalytics.spark;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;

import java.nio.ByteBuffer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.marketanalytics.aggregation.LogRecord;

/**
 * Records of one lane side by side in one array. What Spark does for each row, it does for a few
 * arrays in place of each record: into its own format, through the sort before a stateful operator,
 * and into objects.
 *
 * <p>Each record is offset, time stamp, receipt time, then header {@code ev}, key and value, each
 * after its length, which is -1 for one that is missing.
 */
final class Pack {
  /**
   * A row: records that follow each other, the offset of the first one, and how many of kinds that
   * are not read were passed over since the pack before.
   */
  static final StructType TYPE =
      new StructType()
          .add("lane", IntegerType)
          .add("partition", IntegerType)
          .add("first", LongType)
          .add("ignored", LongType)
          .add("records", BinaryType);

  private Pack() {}

  static long first(Row pack) {
    return pack.getLong(2);
  }

  static long ignored(Row pack) {
    return pack.getLong(3);
  }

  /** Makes the packs of one lane, one after another. */
  static final class Builder {
    private final int lane;
    private final int partition;
    private final PackBuffer records = new PackBuffer();
    private long first;
    private long last = -1;
    private long ignored;

    Builder(int lane, int partition) {
      this.lane = lane;
      this.partition = partition;
    }

    /**
     * Adds the next record.
     *
     * @param received when the event came in (ms), or {@link LogRecord#UNKNOWN}
     * @param ev kind of the event in UTF-8, or null; {@code key} and {@code value} may be null, too
     * @throws IllegalStateException when a record with this offset or a later one was added
     */
    void add(long offset, long timestamp, long received, byte[] ev, byte[] key, byte[] value) {
      if (offset <= last) {
        throw new IllegalStateException(
            "partition %d was not read in order: offset %d after %d"
                .formatted(partition, offset, last));
      }
      if (records.isEmpty()) {
        first = offset;
      }
      last = offset;
      records.putLong(offset);
      records.putLong(timestamp);
      records.putLong(received);
      records.put(ev);
      records.put(key);
      records.put(value);
    }

    /** Counts a record of a kind that is not read. */
    void ignore() {
      ignored++;
    }

    boolean isFull() {
      return records.isFull();
    }

    /** Whether there is nothing to tell. */
    boolean isEmpty() {
      return records.isEmpty() && ignored == 0;
    }

    /** What was added since the last time, as values of {@link #TYPE}. */
    Object[] take() {
      byte[] bytes = records.take();
      Object[] values = {lane, partition, bytes.length == 0 ? last + 1 : first, ignored, bytes};
      ignored = 0;
      return values;
    }
  }

  /** Goes through the records of packs. */
  static final class Reader {
    private int partition;
    private ByteBuffer records;
    private final RepeatedText ev = new RepeatedText();
    private int keyAt;

    /** Reads the records of this pack next. */
    void open(Row pack) {
      partition = pack.getInt(1);
      records = ByteBuffer.wrap((byte[]) pack.get(4));
    }

    boolean hasNext() {
      return records.hasRemaining();
    }

    /** The next record, whose event stays where it stands in the pack. */
    LogRecord next() {
      long offset = records.getLong();
      long timestamp = records.getLong();
      long received = records.getLong();
      String kind = ev.next(records);
      keyAt = records.position();
      int keyLength = records.getInt();
      records.position(records.position() + Math.max(0, keyLength));
      int length = records.getInt();
      if (length == PackBuffer.NONE) {
        return new LogRecord(offset, timestamp, received, kind, null);
      }
      int from = records.position();
      records.position(from + length);
      return new LogRecord(offset, timestamp, received, kind, records.array(), from, length);
    }

    /** Partition of the record that was read last. */
    int partition() {
      return partition;
    }

    /** Key of the record that was read last, or null. */
    byte[] key() {
      return PackBuffer.piece(records.duplicate().position(keyAt));
    }
  }
}
