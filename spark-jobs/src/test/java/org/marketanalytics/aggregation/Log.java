package org.marketanalytics.aggregation;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Entries of a made-up partition, as values for the oracle and as records for the aggregation. */
final class Log {
  /** A full minute. */
  static final long START = 1_788_877_020_000L;

  sealed interface Entry permits Aggregate, Sale, Beat, Junk, Headless {}

  record Aggregate(
      String symbol,
      long start,
      BigDecimal low,
      BigDecimal spread,
      BigDecimal volume,
      boolean hasVwap,
      int size,
      long received)
      implements Entry {
    BigDecimal high() {
      return low.add(spread);
    }

    String json() {
      return """
      {"ev":"A","sym":"%s","v":1,"dv":"%s",%s"o":%s,"c":%s,"h":%s,"l":%s,"z":%d,"s":%d,"e":%d}"""
          .formatted(
              symbol,
              volume.toPlainString(),
              hasVwap ? "\"vw\":" + high().toPlainString() + "," : "",
              low.toPlainString(),
              high().toPlainString(),
              high().toPlainString(),
              low.toPlainString(),
              size,
              start,
              start + 1000);
    }
  }

  record Sale(
      String symbol,
      long time,
      int sequence,
      int id,
      BigDecimal price,
      BigDecimal size,
      List<Integer> conditions,
      long received)
      implements Entry {
    String json() {
      return """
      {"ev":"T","sym":"%s","x":4,"i":"%d","p":%s,"s":0,"ds":"%s","c":%s,"t":%d,"q":%d}"""
          .formatted(
              symbol, id, price.toPlainString(), size.toPlainString(), conditions, time, sequence);
    }
  }

  /** A heartbeat; {@code complete} is null when no event is missing. */
  record Beat(long time, long received, Long complete) implements Entry {
    Beat(long time, long received) {
      this(time, received, null);
    }

    String json() {
      return complete == null
          ? "{\"ev\":\"heartbeat\",\"t\":%d}".formatted(time)
          : "{\"ev\":\"heartbeat\",\"t\":%d,\"complete\":%d}".formatted(time, complete);
    }
  }

  record Junk(String json) implements Entry {}

  /** A second or a heartbeat of a record without the header that tells when it was received. */
  record Headless(Entry entry) implements Entry {}

  private Log() {}

  static List<LogRecord> records(List<? extends Entry> entries) {
    List<LogRecord> records = new ArrayList<>();
    for (Entry entry : entries) {
      records.add(record(records.size(), entry));
    }
    return records;
  }

  private static LogRecord record(long offset, Entry entry) {
    if (entry instanceof Aggregate aggregate) {
      return record(offset, aggregate.received(), "A", aggregate.json());
    }
    if (entry instanceof Sale sale) {
      return record(offset, sale.received(), "T", sale.json());
    }
    if (entry instanceof Beat beat) {
      return record(offset, beat.received(), "heartbeat", beat.json());
    }
    if (entry instanceof Headless headless) {
      LogRecord with = record(offset, headless.entry());
      return new LogRecord(
          offset, with.timestampMillis(), LogRecord.UNKNOWN, with.ev(), with.value());
    }
    return record(offset, START, null, ((Junk) entry).json());
  }

  static LogRecord record(long offset, long received, String ev, String json) {
    return new LogRecord(offset, received, received, ev, json.getBytes(StandardCharsets.UTF_8));
  }
}
