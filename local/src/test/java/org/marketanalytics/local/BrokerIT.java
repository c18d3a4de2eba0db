package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BrokerIT {

  private static final String TOPIC = "market.raw";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  @TempDir Path directory;

  @Test
  void keepsWhatItAcknowledgedWhenItIsKilledAndStartedAgain() throws Exception {
    try (Broker broker = Broker.start(directory, 0)) {
      createTopic(broker);
      send(broker, "first");
      broker.kill();
    }

    try (Broker broker = Broker.start(directory, 0)) {
      send(broker, "second");

      assertThat(read(broker, 2)).containsExactly("first", "second");
    }
  }

  @Test
  void refusesAPortThatIsInUse() throws Exception {
    try (Broker broker = Broker.start(directory.resolve("one"), 0)) {
      assertThatThrownBy(() -> Broker.start(directory.resolve("two"), broker.port()))
          .isInstanceOf(PartFailedException.class)
          .hasMessage(
              "broker: port %d of 127.0.0.1 is in use; give a free one, or 0 to have one chosen",
              broker.port());
    }
  }

  @Test
  void leavesNoProcessWhenItIsClosed() throws Exception {
    Broker broker = Broker.start(directory, 0);
    ProcessHandle process = ProcessHandle.of(broker.pid()).orElseThrow();

    broker.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(ChildProcess.running()).isEmpty();
  }

  private static void createTopic(Broker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void send(Broker broker, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, value)).get();
    }
  }

  private static List<String> read(Broker broker, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      while (values.size() < count) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
