package org.marketanalytics.bench;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer with the settings of the route {@code raw}, and nothing around it. */
final class RawProducer implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  RawProducer(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "acks", "all",
                "enable.idempotence", "true",
                "max.in.flight.requests.per.connection", "5",
                "linger.ms", "5",
                "batch.size", "262144",
                "compression.type", "lz4",
                "buffer.memory", "67108864"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Hands a record over; waits only while the buffer is full. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told of a failure
  void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(
        record,
        (metadata, refused) -> {
          if (refused != null) {
            failure.compareAndSet(null, refused);
          }
        });
  }

  /**
   * Returns when the broker has all that was sent.
   *
   * @throws KafkaException when it did not take a record
   */
  void flush() {
    producer.flush();
    Exception refused = failure.get();
    if (refused != null) {
      throw new KafkaException(
          "the broker did not take a record: " + refused.getMessage(), refused);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
