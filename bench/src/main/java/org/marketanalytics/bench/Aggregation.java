package org.marketanalytics.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.marketanalytics.aggregation.Average;
import org.marketanalytics.aggregation.Bar;
import org.marketanalytics.aggregation.Input;
import org.marketanalytics.aggregation.LogRecord;
import org.marketanalytics.aggregation.Output;
import org.marketanalytics.aggregation.Reason;
import org.marketanalytics.aggregation.Settings;

/** What job, loop and Kafka Streams all do: the job's own arithmetic, with the same settings. */
final class Aggregation {

  /** Slide and lateness as the job's command line takes them. */
  static final String SLIDE = "5s";

  static final String LATENESS = "120s";

  static final Settings SETTINGS =
      new Settings(Input.AGGREGATES, Duration.ofSeconds(5), Duration.ofSeconds(120));

  /** Header of the aggregated topic. */
  static final String TYPE = "type";

  private static final byte[] BAR = utf8("bar");
  private static final byte[] AVERAGE = utf8("average");

  /** Takes a row for the aggregated topic. */
  @FunctionalInterface
  interface Rows {
    void row(byte[] key, byte[] type, byte[] value);
  }

  private Aggregation() {}

  /** A record of the raw topic as the arithmetic takes it. */
  static LogRecord record(long offset, long timestampMillis, Headers headers, byte[] value) {
    return new LogRecord(
        offset,
        timestampMillis,
        Long.parseLong(text(headers.lastHeader("received"))),
        text(headers.lastHeader("ev")),
        value);
  }

  /** Hands out all rows; a dead letter means that the events are not what they should be. */
  static Output to(Rows rows) {
    return new Output() {
      @Override
      public void bar(Bar bar) {
        rows.row(utf8(bar.symbol()), BAR, bar.json());
      }

      @Override
      public void average(Average average) {
        rows.row(utf8(average.symbol()), AVERAGE, average.json());
      }

      @Override
      public void deadLetter(LogRecord record, Reason reason, String error) {
        throw new IllegalStateException("an event of the benchmark is refused: " + error);
      }
    };
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
