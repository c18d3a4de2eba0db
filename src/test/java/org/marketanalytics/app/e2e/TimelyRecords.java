package org.marketanalytics.app.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Tells which events of the raw topic came in time, by the definition: each partition has a clock,
 * the greatest end of an event or heartbeat so far, but never past the time it was received; a
 * second that had ended the lateness ago by this clock is too late. It shares no code with the job.
 */
final class TimelyRecords {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECOND = 1_000;

  private final List<ConsumerRecord<byte[], byte[]>> timely = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> tooLate = new ArrayList<>();
  private final Map<Integer, Long> clocks = new HashMap<>();
  private final Map<String, Integer> partitions = new HashMap<>();

  private TimelyRecords() {}

  /**
   * Goes through the log.
   *
   * @param log the records of a topic, those of each partition in the order of their offsets
   * @param kind A or T: the events that the job reads; it passes over the others
   */
  static TimelyRecords of(List<ConsumerRecord<byte[], byte[]>> log, String kind, Duration lateness)
      throws IOException {
    TimelyRecords result = new TimelyRecords();
    for (ConsumerRecord<byte[], byte[]> record : log) {
      String ev = RawTopic.header(record, "ev");
      JsonNode event = JSON.readTree(record.value());
      long received = received(record);
      long clock = result.clocks.getOrDefault(record.partition(), Long.MIN_VALUE / 2);
      if (ev.equals("heartbeat")) {
        result.clocks.put(
            record.partition(), Math.max(clock, Math.min(event.get("t").longValue(), received)));
      } else if (ev.equals(kind)) {
        result.partitions.put(RawTopic.key(record), record.partition());
        long time = event.get(kind.equals("A") ? "s" : "t").longValue();
        long secondEnd = time / SECOND * SECOND + SECOND;
        if (secondEnd + lateness.toMillis() <= clock) {
          result.tooLate.add(record);
        } else {
          long end = kind.equals("A") ? secondEnd : time;
          result.timely.add(record);
          result.clocks.put(record.partition(), Math.max(clock, Math.min(end, received)));
        }
      }
    }
    return result;
  }

  /** When the application received it, ms. */
  static long received(ConsumerRecord<byte[], byte[]> record) {
    return Long.parseLong(RawTopic.header(record, "received"));
  }

  /** The value as text. */
  static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8);
  }

  /** The events that count, in the order of the log. */
  List<ConsumerRecord<byte[], byte[]>> timely() {
    return timely;
  }

  List<ConsumerRecord<byte[], byte[]>> tooLate() {
    return tooLate;
  }

  /** The clock (ms) of a symbol's partition at the end of the log. */
  long clock(String symbol) {
    return clocks.get(partitions.get(symbol));
  }
}
