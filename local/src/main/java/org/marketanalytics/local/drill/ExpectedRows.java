package org.marketanalytics.local.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.marketanalytics.local.Job;

/** What an undisturbed run makes of all events that the market made, whoever got them. */
final class ExpectedRows {

  private static final String TOPIC = "drill.expected";
  private static final String DEAD_LETTERS = "drill.expected-dead-letter";
  private static final Duration POLL = Duration.ofMillis(200);

  private ExpectedRows() {}

  /** Runs the job over the journal, with topics of its own, and reads the last row of each key. */
  static Collection<Row> of(Pipeline pipeline, Path directory)
      throws IOException, InterruptedException {
    String bootstrapServers = pipeline.broker().bootstrapServers();
    List<String> arguments =
        pipeline.jobSettings(
            "--partitions", "8", "--aggregated-topic", TOPIC, "--dead-letter-topic", DEAD_LETTERS);
    Job.runFiles(
        directory,
        bootstrapServers,
        pipeline.market().journal().toString(),
        arguments.toArray(String[]::new));
    return read(bootstrapServers);
  }

  private static Collection<Row> read(String bootstrapServers) {
    Map<String, Row> rows = new LinkedHashMap<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(partition -> new TopicPartition(TOPIC, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          Row row = row(record);
          rows.put(row.key(), row);
        }
      }
    }
    return rows.values();
  }

  private static Row row(ConsumerRecord<byte[], byte[]> record) {
    byte[] type = record.headers().lastHeader("type").value();
    return Row.ofJson(
        Row.Table.ofType(new String(type, StandardCharsets.UTF_8)),
        new String(record.value(), StandardCharsets.UTF_8));
  }
}
