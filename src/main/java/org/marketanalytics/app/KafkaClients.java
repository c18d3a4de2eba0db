package org.marketanalytics.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

/** What every Kafka client of the application is made with: the brokers, and how to log in. */
final class KafkaClients {
  private KafkaClients() {}

  /**
   * The configuration of a client.
   *
   * @param brokers host:port, separated by commas
   * @param file Kafka's own client properties, such as those of TLS and SASL; blank for none
   * @throws CannotStart when the file cannot be read
   */
  static Map<String, Object> configuration(String brokers, String file) {
    Map<String, Object> client = new HashMap<>(ofFile(file));
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
    return Map.copyOf(client);
  }

  /** What the file says; where the brokers are is said elsewhere. */
  static Map<String, String> ofFile(String file) {
    if (file.isBlank()) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw CannotStart.badConfiguration(
          "market.kafka.config", file, "cannot be read: " + OneLine.of(e));
    }
    Map<String, String> client = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> client.put(key, properties.getProperty(key)));
    client.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    return client;
  }
}
