package org.marketanalytics.spark;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.marketanalytics.aggregation.Input;
import org.marketanalytics.aggregation.Settings;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that job and reconciliation share: which log is read, and how it is computed. */
final class LogArguments {
  /** Where Spark's page listens; no option of Spark says it. */
  private static final String LOCAL_IP = "SPARK_LOCAL_IP";

  @Option(
      names = "--bootstrap-servers",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Kafka's brokers.")
  private String bootstrapServers;

  @Option(names = "--raw-topic", defaultValue = "market.raw", description = "Topic that is read.")
  private String rawTopic;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties for every Kafka client, such as security.protocol.")
  private Path kafkaConfig;

  @Option(
      names = "--start-timeout",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "How long the brokers may take to answer at the start: 1s to 1h.")
  private Duration startTimeout;

  @Option(
      names = "--input",
      defaultValue = "aggregates",
      converter = InputConverter.class,
      description =
          "What the seconds are made of: aggregates (A, XAS, CAS) or trades (T, XT)."
              + " To reconcile, input, slide and lateness must be those of the job.")
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
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master. Default: what spark-submit says, else local[*].")
  private String master;

  @Option(
      names = "--ui-port",
      defaultValue = "0",
      description =
          "Port of Spark's own page, at the address that "
              + LOCAL_IP
              + " in the environment names; 0 for none.")
  private int uiPort;

  /**
   * Checks what one option's type alone does not.
   *
   * @throws IllegalArgumentException naming option, value and what is allowed
   */
  void validate(Map<String, String> environment) {
    settings();
    Topics.require("--raw-topic", rawTopic);
    Arguments.require(
        !bootstrapServers.isBlank(),
        "--bootstrap-servers",
        bootstrapServers,
        "host:port, several with commas");
    Arguments.require(
        startTimeout.compareTo(Duration.ofSeconds(1)) >= 0
            && startTimeout.compareTo(Duration.ofHours(1)) <= 0,
        "--start-timeout",
        startTimeout,
        "1s to 1h");
    Arguments.require(uiPort >= 0 && uiPort <= 65_535, "--ui-port", uiPort, "0 to 65535");
    Arguments.require(
        uiPort == 0 || !environment.getOrDefault(LOCAL_IP, "").isBlank(),
        "--ui-port",
        uiPort,
        "only with %s in the environment, the address that Spark's page listens on; without, it would be every network"
            .formatted(LOCAL_IP));
    kafka();
  }

  Settings settings() {
    return new Settings(input, slide, lateness);
  }

  String rawTopic() {
    return rawTopic;
  }

  /** What every Kafka client is configured with, under Kafka's own names. */
  Map<String, String> kafka() {
    Map<String, String> kafka = new TreeMap<>();
    if (kafkaConfig != null) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(kafkaConfig, StandardCharsets.UTF_8)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
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

  /** The same under the names of Spark's Kafka source and sink. */
  Map<String, String> sparkKafka() {
    Map<String, String> prefixed = new HashMap<>();
    kafka().forEach((name, value) -> prefixed.put("kafka." + name, value));
    return prefixed;
  }

  Duration startTimeout() {
    return startTimeout;
  }

  String master() {
    return master;
  }

  int uiPort() {
    return uiPort;
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
