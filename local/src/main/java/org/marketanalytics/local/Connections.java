package org.marketanalytics.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/**
 * Where the parts of the demo on a data folder listen, for those who come from outside. Passwords
 * are not in it, but in {@link Passwords}.
 *
 * @param jdbcUrl of the database
 * @param bootstrapServers of Kafka
 * @param page the live page
 * @param slide of the job
 * @param lateness of the job
 */
record Connections(
    String jdbcUrl, String bootstrapServers, String page, Duration slide, Duration lateness) {

  private static final String FILE = "connections.properties";

  void write(Path data) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("database", jdbcUrl);
    properties.setProperty("kafka", bootstrapServers);
    properties.setProperty("page", page);
    properties.setProperty("slide", slide.toString());
    properties.setProperty("lateness", lateness.toString());
    try (var out = Files.newBufferedWriter(data.resolve(FILE))) {
      properties.store(out, "of the last demo on this folder");
    }
  }

  /**
   * Reads what the last demo wrote.
   *
   * @throws PartFailedException when there was none
   */
  static Connections read(Path data) throws IOException {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      throw new PartFailedException("no demo has run on " + data + "; start one with ./demo");
    }
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    return new Connections(
        properties.getProperty("database"),
        properties.getProperty("kafka"),
        properties.getProperty("page"),
        Duration.parse(properties.getProperty("slide", "PT1S")),
        Duration.parse(properties.getProperty("lateness", "PT2M")));
  }
}
