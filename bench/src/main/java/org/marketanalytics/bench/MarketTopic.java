package org.marketanalytics.bench;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The raw topic of a market in which every symbol trades in every second. */
final class MarketTopic {

  private static final long START_MILLIS = 1_767_614_400_000L;

  /** A feed sends a second's aggregate some time after its end. */
  private static final long RECEIVED_AFTER_MILLIS = 3_000;

  private final String bootstrapServers;
  private int symbols;
  private int seconds;
  private long records;

  /** A market before its first second. */
  MarketTopic(String bootstrapServers, int symbols) {
    this.bootstrapServers = bootstrapServers;
    this.symbols = symbols;
  }

  /** From now on only the first symbols trade. */
  void resize(int symbols) {
    this.symbols = symbols;
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  /** How many records were written so far. */
  long records() {
    return records;
  }

  /** In how many seconds there are about so many records, at least one. */
  int secondsOf(int records) {
    return Math.max(1, records / symbols);
  }

  /** Writes the next seconds of every symbol. */
  void write(int more) {
    byte[] ev = utf8("A");
    byte[] origin = utf8("live");
    try (RawProducer producer = new RawProducer(bootstrapServers)) {
      for (int end = seconds + more; seconds < end; seconds++) {
        long startMillis = START_MILLIS + seconds * 1_000L;
        byte[] received = utf8(Long.toString(startMillis + RECEIVED_AFTER_MILLIS));
        for (int number = 0; number < symbols; number++) {
          ProducerRecord<byte[], byte[]> record =
              new ProducerRecord<>(
                  TopicLog.RAW,
                  null,
                  startMillis,
                  utf8(MarketSeconds.symbol(number)),
                  utf8(MarketSeconds.event(number, startMillis)));
          record.headers().add("ev", ev).add("received", received).add("origin", origin);
          producer.send(record);
        }
      }
      producer.flush();
    }
    records += (long) more * symbols;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
