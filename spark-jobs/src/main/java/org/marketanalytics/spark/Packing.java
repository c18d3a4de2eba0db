package org.marketanalytics.spark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.spark.unsafe.types.UTF8String;
import org.marketanalytics.aggregation.LogRecord;

/** Packs the records of the raw topic by lane, but those of kinds that the run does not read. */
final class Packing {
  /** Digits of a number that cannot leave the range of a {@code long}. */
  private static final int SAFE_DIGITS = 18;

  private static final byte[] REPLAY = "replay".getBytes(StandardCharsets.UTF_8);

  private final List<byte[]> kinds = new ArrayList<>();
  private final Map<Integer, Pack.Builder> live = new LinkedHashMap<>();
  private final Map<Integer, Pack.Builder> replayed = new LinkedHashMap<>();
  private final Deque<Object[]> packs = new ArrayDeque<>();

  /**
   * Nothing packed yet.
   *
   * @param kinds the {@code ev} to read; what has no such header is read, too, as its value may
   *     tell
   */
  Packing(Collection<String> kinds) {
    kinds.forEach(kind -> this.kinds.add(kind.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Takes at least one record of one partition, in the order of their offsets and behind those that
   * were taken before.
   */
  void add(List<ConsumerRecord<byte[], byte[]>> records) {
    int partition = records.get(0).partition();
    Pack.Builder ofLive = builder(live, partition, "live");
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Header[] headers = record.headers().toArray();
      byte[] ev = first(headers, "ev");
      if (ev != null && !isRead(ev)) {
        ofLive.ignore();
        continue;
      }
      boolean isReplay = Arrays.equals(first(headers, "origin"), REPLAY);
      Pack.Builder builder = isReplay ? builder(replayed, partition, "replay") : ofLive;
      long received = millis(first(headers, "received"));
      builder.add(record.offset(), record.timestamp(), received, ev, record.key(), record.value());
      if (builder.isFull()) {
        packs.add(builder.take());
      }
    }
  }

  private static Pack.Builder builder(
      Map<Integer, Pack.Builder> builders, int partition, String origin) {
    return builders.computeIfAbsent(
        partition, number -> new Pack.Builder(Lanes.keyOf(number, origin), number));
  }

  /** Packs what is left; nothing may be added after it. */
  void end() {
    takeRest(live.values());
    takeRest(replayed.values());
  }

  /** Whether no pack is ready. */
  boolean isEmpty() {
    return packs.isEmpty();
  }

  /** Values of {@link Pack#TYPE}. */
  Object[] next() {
    return packs.remove();
  }

  private void takeRest(Collection<Pack.Builder> builders) {
    for (Pack.Builder builder : builders) {
      if (!builder.isEmpty()) {
        packs.add(builder.take());
      }
    }
  }

  private boolean isRead(byte[] ev) {
    for (byte[] kind : kinds) {
      if (Arrays.equals(kind, ev)) {
        return true;
      }
    }
    return false;
  }

  /** The value of the first header of a name, or null. */
  static byte[] first(Header[] headers, String name) {
    for (Header header : headers) {
      if (header.key().equals(name)) {
        return header.value();
      }
    }
    return null;
  }

  /** As Spark casts a text that may be no number ({@code try_cast}). */
  static long millis(byte[] text) {
    if (text == null) {
      return LogRecord.UNKNOWN;
    }
    if (text.length == 0 || text.length > SAFE_DIGITS) {
      return unusual(text);
    }
    long millis = 0;
    for (byte c : text) {
      if (c < '0' || c > '9') {
        return unusual(text);
      }
      millis = millis * 10 + (c - '0');
    }
    return millis;
  }

  private static long unusual(byte[] text) {
    try {
      return UTF8String.fromBytes(text).toLongExact();
    } catch (NumberFormatException e) {
      return LogRecord.UNKNOWN;
    }
  }
}
