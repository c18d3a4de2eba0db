package org.marketanalytics.spark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Records to write side by side in one array, as {@link Pack} has those that were read: Spark
 * handles a few arrays in place of each record.
 *
 * <p>Each record is topic, key and value, the count of its headers, then their names and values;
 * each text and value after its length, which is -1 for one that is missing.
 */
final class SinkPack {
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

  /** Gives the records of a pack. */
  static final class Reader implements Iterator<ProducerRecord<byte[], byte[]>> {
    private final ByteBuffer records;
    private final RepeatedText topic = new RepeatedText();
    private final RepeatedText header = new RepeatedText();

    Reader(byte[] pack) {
      this.records = ByteBuffer.wrap(pack);
    }

    @Override
    public boolean hasNext() {
      return records.hasRemaining();
    }

    @Override
    public ProducerRecord<byte[], byte[]> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all records of the pack were taken");
      }
      return new ProducerRecord<>(topic.next(records), null, bytes(), bytes(), headers());
    }

    private List<Header> headers() {
      Header[] headers = new Header[records.getInt()];
      for (int i = 0; i < headers.length; i++) {
        headers[i] = new RecordHeader(header.next(records), bytes());
      }
      return Arrays.asList(headers);
    }

    private byte[] bytes() {
      return PackBuffer.piece(records);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
