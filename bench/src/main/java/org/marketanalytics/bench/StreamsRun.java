package org.marketanalytics.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The peer of the job: Kafka Streams with the same arithmetic, a thread for each core, its state in
 * RocksDB with a changelog topic.
 */
final class StreamsRun {

  private static final String OUT = "peer.aggregated";
  private static final Duration PERIOD = Duration.ofMillis(20);
  private static final Duration CLOSE = Duration.ofSeconds(30);

  /** An entry of the journal has all seconds of a batch, and is one record of the changelog. */
  private static final String MOST_BYTES = Integer.toString(16 * 1024 * 1024);

  private final Path folder;
  private final String bootstrapServers;
  private final long before;
  private final long records;
  private final int batch;

  /** What has happened so far, over all partitions. */
  static final class Counts {
    /** Records whose rows were handed to Kafka. */
    final AtomicLong flushed = new AtomicLong();

    /** Rows that were handed to Kafka. */
    final AtomicLong rows = new AtomicLong();
  }

  /**
   * A run.
   *
   * @param folder for its state
   * @param before records that are not counted
   * @param records to read of the raw topic, those included; it has a batch more at least
   * @param batch records, of all partitions together, after which the rows are written
   */
  StreamsRun(Path folder, String bootstrapServers, long before, long records, int batch) {
    this.folder = folder;
    this.bootstrapServers = bootstrapServers;
    this.before = before;
    this.records = records;
    this.batch = batch;
  }

  static String out() {
    return OUT;
  }

  /** Events a second, until Kafka has their rows; and rows for an event. */
  double[] figures(TopicLog topics) throws Exception {
    Counts counts = new Counts();
    long end = topics.end(OUT);
    try (KafkaStreams streams = new KafkaStreams(topology(counts), properties())) {
      streams.start();
      Wait.until("the first records", PERIOD, () -> reached(streams, counts, before));
      long first = counts.flushed.get();
      long rowsBefore = counts.rows.get();
      long begun = System.nanoTime();
      Wait.until("all records", PERIOD, () -> reached(streams, counts, records));
      long flushed = counts.flushed.get();
      long rows = counts.rows.get();
      Wait.until("all rows", PERIOD, () -> topics.end(OUT) - end >= rows);
      double counted = flushed - first;
      double perSecond = counted * 1e9 / (System.nanoTime() - begun);
      streams.close(CLOSE);
      return new double[] {perSecond, (rows - rowsBefore) / counted};
    }
  }

  private static boolean reached(KafkaStreams streams, Counts counts, long records)
      throws IOException {
    if (streams.state().hasCompletedShutdown()) {
      throw new IOException("Kafka Streams has ended; see above");
    }
    return counts.flushed.get() >= records;
  }

  private Topology topology(Counts counts) {
    return new Topology()
        .addSource("raw", TopicLog.RAW)
        .addProcessor(
            "aggregation", () -> new StreamsAggregation(counts, batch / TopicLog.PARTITIONS), "raw")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(StreamsAggregation.MINUTES),
                Serdes.String(),
                Serdes.ByteArray()),
            "aggregation")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(StreamsAggregation.PROGRESS),
                Serdes.String(),
                Serdes.ByteArray()),
            "aggregation")
        .addSink("aggregated", OUT, "aggregation");
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "peer-" + folder.getFileName());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    properties.put(
        StreamsConfig.NUM_STREAM_THREADS_CONFIG, Runtime.getRuntime().availableProcessors());
    properties.put(
        StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class.getName());
    properties.put(
        StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class.getName());
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), "5");
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), "262144");
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), "67108864");
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MOST_BYTES);
    properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), MOST_BYTES);
    return properties;
  }
}
