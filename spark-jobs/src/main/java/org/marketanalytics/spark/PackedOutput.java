package org.marketanalytics.spark;

import static org.marketanalytics.spark.SinkPack.utf8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.marketanalytics.aggregation.Average;
import org.marketanalytics.aggregation.Bar;
import org.marketanalytics.aggregation.Output;
import org.marketanalytics.aggregation.Reason;

/** Makes packs of all that an aggregation writes. */
abstract class PackedOutput implements Output {
  /** Longest dead letter that goes out whole: a broker takes 1 MiB a record, headers included. */
  private static final int MOST_BYTES = 512 * 1024;

  private static final int KEPT_BYTES = 64 * 1024;

  /** Longest key of a dead letter; a symbol has at most 32 characters. */
  private static final int MOST_KEY_BYTES = 1024;

  private static final byte[] TYPE = utf8("type");
  private static final byte[] BAR = utf8(Rows.BAR);
  private static final byte[] AVERAGE = utf8(Rows.AVERAGE);
  private static final byte[] REASON = utf8("reason");
  private static final byte[] ERROR = utf8("error");
  private static final byte[] SOURCE_TOPIC = utf8("source-topic");
  private static final byte[] SOURCE_PARTITION = utf8("source-partition");
  private static final byte[] SOURCE_OFFSET = utf8("source-offset");

  private final byte[] raw;
  private final byte[] aggregated;
  private final byte[] deadLetters;
  private final Consumer<byte[]> packs;
  private final SinkPack.Builder builder = new SinkPack.Builder();

  /**
   * An output.
   *
   * @param packs is given each pack once it is full, and the last one by {@link #end}
   */
  PackedOutput(Topics topics, Consumer<byte[]> packs) {
    this.raw = utf8(topics.raw());
    this.aggregated = utf8(topics.aggregated());
    this.deadLetters = utf8(topics.deadLetter());
    this.packs = packs;
  }

  @Override
  public void bar(Bar bar) {
    add(aggregated, utf8(bar.symbol()), bar.json(), TYPE, BAR);
  }

  @Override
  public void average(Average average) {
    add(aggregated, utf8(average.symbol()), average.json(), TYPE, AVERAGE);
  }

  /** A dead letter of a record of the raw topic. */
  final void deadLetter(
      byte[] key, byte[] value, Reason reason, String error, int partition, long offset) {
    deadLetter(
        key,
        value,
        reason,
        error,
        SOURCE_TOPIC,
        raw,
        SOURCE_PARTITION,
        utf8(Integer.toString(partition)),
        SOURCE_OFFSET,
        utf8(Long.toString(offset)));
  }

  /**
   * A dead letter of what does not stand on the raw topic.
   *
   * @param more headers, names and values in turn
   */
  final void deadLetter(byte[] key, byte[] value, Reason reason, String error, byte[]... more) {
    List<byte[]> headers = new ArrayList<>();
    headers.addAll(List.of(REASON, utf8(reason.slug()), ERROR, utf8(told(error, key, value))));
    headers.addAll(List.of(more));
    add(deadLetters, isTooLongKey(key) ? null : key, kept(value), headers.toArray(byte[][]::new));
  }

  /** Gives away the last pack. */
  final void end() {
    if (!builder.isEmpty()) {
      packs.accept(builder.take());
    }
  }

  private void add(byte[] topic, byte[] key, byte[] value, byte[]... headers) {
    builder.add(topic, key, value, headers);
    if (builder.isFull()) {
      packs.accept(builder.take());
    }
  }

  private static boolean isTooLong(byte[] value) {
    return value != null && value.length > MOST_BYTES;
  }

  private static byte[] kept(byte[] value) {
    return isTooLong(value) ? Arrays.copyOf(value, KEPT_BYTES) : value;
  }

  private static boolean isTooLongKey(byte[] key) {
    return key != null && key.length > MOST_KEY_BYTES;
  }

  private static String told(String error, byte[] key, byte[] value) {
    String told = error;
    if (isTooLong(value)) {
      told +=
          "; only the first %d of its %d bytes are kept here".formatted(KEPT_BYTES, value.length);
    }
    if (isTooLongKey(key)) {
      told += "; its key of %d bytes is left out here".formatted(key.length);
    }
    return told;
  }
}
