package org.marketanalytics.spark;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.marketanalytics.aggregation.Input;
import org.marketanalytics.aggregation.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command line of the job. */
@Command(
    name = "market-aggregation",
    description = "Bars and moving averages of the events on market.raw.",
    mixinStandardHelpOptions = true,
    version = "1.0.0",
    sortOptions = false,
    showDefaultValues = true)
final class Arguments {
  private static final Duration LONGEST_TRIGGER = Duration.ofMinutes(1);

  @Option(
      names = "--bootstrap-servers",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Kafka's brokers.")
  private String bootstrapServers;

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "DIR",
      description =
          "Where the offsets and the state are kept; a folder, or any URL that Hadoop reads.")
  private String checkpoint;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master. Default: what spark-submit says, else local[*].")
  private String master;

  @Option(names = "--raw-topic", defaultValue = "market.raw", description = "Topic that is read.")
  private String rawTopic;

  @Option(
      names = "--aggregated-topic",
      defaultValue = "market.aggregated",
      description = "Topic of bars and averages.")
  private String aggregatedTopic;

  @Option(
      names = "--dead-letter-topic",
      defaultValue = "market.dead-letter",
      description = "Topic of records that cannot be used.")
  private String deadLetterTopic;

  @Option(
      names = "--input",
      defaultValue = "aggregates",
      converter = InputConverter.class,
      description = "What the seconds are made of: aggregates (A, XAS, CAS) or trades (T, XT).")
  private Input input;

  @Option(
      names = "--slide",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "Distance of two moving averages: whole seconds, 1s to 60s.")
  private Duration slide;

  @Option(
      names = "--lateness",
      defaultValue = "2m",
      converter = DurationConverter.class,
      description = "How late a second may come and still count: whole seconds, 0s to 1h.")
  private Duration lateness;

  @Option(
      names = "--trigger",
      defaultValue = "200ms",
      converter = DurationConverter.class,
      description = "Least time from one batch to the next: 0ms to 1m.")
  private Duration trigger;

  @Option(names = "--once", description = "Read what is there, write it and end.")
  private boolean once;

  @Option(
      names = "--max-records",
      defaultValue = "100000",
      description =
          "Most records of one batch, all partitions together; bounds the memory that a backlog"
              + " takes, as records and rows of a batch are held at once: 1 or more.")
  private long maxRecords;

  @Option(
      names = "--partitions",
      defaultValue = "8",
      description = "Partitions of a topic that is missing and made by the job.")
  private int partitions;

  @Option(
      names = "--shuffle-partitions",
      defaultValue = "0",
      description =
          "How many tasks share the topic's partitions; 0 for one a core. A checkpoint keeps the number of its first run.")
  private int shufflePartitions;

  @Option(
      names = "--start-timeout",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "How long the brokers may take to answer at the start: 1s to 1h.")
  private Duration startTimeout;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties for every Kafka client of the job, such as security.protocol.")
  private Path kafkaConfig;

  @Option(
      names = "--ui-port",
      defaultValue = "0",
      description = "Port of Spark's own page; 0 for none.")
  private int uiPort;

  @Option(
      names = "--log-every",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "Time between two lines of progress in the log.")
  private Duration logEvery;

  /**
   * Checks what one option's type alone does not.
   *
   * @throws IllegalArgumentException naming option, value and what is allowed
   */
  void validate() {
    settings();
    topics();
    require(
        !bootstrapServers.isBlank(),
        "--bootstrap-servers",
        bootstrapServers,
        "host:port, several with commas");
    require(!checkpoint.isBlank(), "--checkpoint", checkpoint, "a folder or a URL");
    require(trigger.compareTo(LONGEST_TRIGGER) <= 0, "--trigger", trigger, "0ms to 1m");
    require(
        startTimeout.compareTo(Duration.ofSeconds(1)) >= 0
            && startTimeout.compareTo(Duration.ofHours(1)) <= 0,
        "--start-timeout",
        startTimeout,
        "1s to 1h");
    require(maxRecords > 0, "--max-records", maxRecords, "1 or more");
    require(partitions > 0 && partitions <= 10_000, "--partitions", partitions, "1 to 10000");
    require(
        shufflePartitions >= 0 && shufflePartitions <= 10_000,
        "--shuffle-partitions",
        shufflePartitions,
        "0 to 10000");
    require(uiPort >= 0 && uiPort <= 65_535, "--ui-port", uiPort, "0 to 65535");
    kafka();
  }

  Settings settings() {
    return new Settings(input, slide, lateness);
  }

  Topics topics() {
    return new Topics(rawTopic, aggregatedTopic, deadLetterTopic);
  }

  /** What every Kafka client of the job is configured with, under Kafka's own names. */
  Map<String, String> kafka() {
    Map<String, String> kafka = new TreeMap<>();
    if (kafkaConfig != null) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(kafkaConfig, StandardCharsets.UTF_8)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "--kafka-config=%s cannot be read: %s".formatted(kafkaConfig, e), e);
      }
      properties
          .stringPropertyNames()
          .forEach(name -> kafka.put(name, properties.getProperty(name)));
    }
    kafka.put("bootstrap.servers", bootstrapServers);
    return kafka;
  }

  String checkpoint() {
    return checkpoint;
  }

  String master() {
    return master;
  }

  Duration trigger() {
    return trigger;
  }

  Duration startTimeout() {
    return startTimeout;
  }

  boolean once() {
    return once;
  }

  long maxRecords() {
    return maxRecords;
  }

  int partitions() {
    return partitions;
  }

  int shufflePartitions() {
    return shufflePartitions;
  }

  int uiPort() {
    return uiPort;
  }

  Duration logEvery() {
    return logEvery;
  }

  private static void require(boolean condition, String option, Object value, String allowed) {
    if (!condition) {
      throw new IllegalArgumentException(
          "%s=%s is not allowed: %s".formatted(option, value, allowed));
    }
  }

  /** Reads the names as the command line spells them. */
  static final class InputConverter implements ITypeConverter<Input> {
    @Override
    public Input convert(String text) {
      for (Input input : Input.values()) {
        if (input.name().toLowerCase(Locale.ROOT).equals(text)) {
          return input;
        }
      }
      throw new TypeConversionException(text + " is not an input: aggregates or trades");
    }
  }
}
