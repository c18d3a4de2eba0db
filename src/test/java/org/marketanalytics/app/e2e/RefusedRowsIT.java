package org.marketanalytics.app.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Job;
import org.marketanalytics.local.PartFailedException;

/** A topic that does not take the job's rows stops the job, and costs no row. */
class RefusedRowsIT {
  private static final String AGGREGATED = "market.aggregated";
  private static final long START = Instant.parse("2026-03-02T14:30:00Z").toEpochMilli();
  private static final int SECONDS = 300;

  @TempDir private Path directory;

  @Test
  void theJobSaysWhichTopicAndGoesOnFromTheSameRecords() throws Exception {
    try (Broker broker = Broker.start(directory.resolve("broker"), 0)) {
      String kafka = broker.bootstrapServers();
      run("job", kafka); // makes the topics
      write(kafka);
      change(kafka, OpType.SET);

      assertThatThrownBy(() -> run("job", kafka))
          .isInstanceOf(PartFailedException.class)
          .hasMessageContaining("market-aggregation: " + AGGREGATED + " has not taken a record");

      change(kafka, OpType.DELETE);
      run("job", kafka);
      LatestRows rows = LatestRows.read(kafka, AGGREGATED);
      run("other", kafka, "--aggregated-topic", "other");
      LatestRows expected = LatestRows.read(kafka, "other");
      assertThat(rows.bars()).hasSize(SECONDS / 60).isEqualTo(expected.bars());
      assertThat(rows.averages()).hasSizeGreaterThan(50).isEqualTo(expected.averages());
    }
  }

  private void run(String name, String kafka, String... arguments) throws Exception {
    Job.once(directory.resolve(name), kafka, arguments);
  }

  private static void write(String kafka) throws Exception {
    Map<String, Object> configuration = Map.of("bootstrap.servers", kafka);
    try (var producer =
        new KafkaProducer<>(configuration, new StringSerializer(), new StringSerializer())) {
      for (int second = 0; second < SECONDS; second++) {
        producer.send(event(START + second * 1000L)).get();
      }
    }
  }

  private static ProducerRecord<String, String> event(long start) {
    String json =
        """
        {"ev":"A","sym":"F","v":7,"vw":12.5,"o":12,"c":12.75,"h":13,"l":12,"z":7,"s":%d,"e":%d}"""
            .formatted(start, start + 1_000);
    var record = new ProducerRecord<>("market.raw", 0, start, "F", json);
    record.headers().add("ev", "A".getBytes(UTF_8));
    record.headers().add("received", Long.toString(start + 1_100).getBytes(UTF_8));
    return record;
  }

  /** Lets the topic refuse, or take again, what was not written in this very millisecond. */
  private static void change(String kafka, OpType type) throws Exception {
    ConfigEntry limit = new ConfigEntry("message.timestamp.before.max.ms", "0");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, AGGREGATED),
                  List.of(new AlterConfigOp(limit, type))))
          .all()
          .get();
    }
  }
}
