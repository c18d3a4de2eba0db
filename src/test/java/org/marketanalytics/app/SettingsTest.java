package org.marketanalytics.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir private Path directory;

  @Test
  void theFileThatComesWithTheApplicationIsAccepted() {
    Settings settings = settings(new Properties());

    assertThat(settings.value("market.feed.cluster")).isEqualTo("stocks");
    assertThat(settings.number("market.kafka.partitions")).isEqualTo(8);
    assertThat(settings.value("market.feed.url")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "market.feed.cluster | bonds | one of stocks, crypto, forex, options, indices",
        "market.feed.url | http://host | wss://host/stocks",
        "market.feed.url | ws://market_feed:8765 | without an underscore in the host",
        "market.feed.url | ws://[::1/stocks | wss://host/stocks",
        "market.feed.url | ws://:8765 | wss://host/stocks",
        "market.feed.symbols | A,,B | separated by commas",
        "market.feed.channels | A;T | separated by commas",
        "market.feed.origin | backfill | live or replay",
        "market.kafka.brokers | localhost | host:port",
        "market.kafka.partitions | 0 | from 1 to 1000",
        "market.kafka.partitions | eight | from 1 to 1000",
        "market.kafka.raw-topic | '' | 1 to 249",
        "market.kafka.raw-topic | market.aggregated | must differ",
        "market.database.url | jdbc:postgresql://h/m | jdbc:mysql://host:3306/market",
        "market.database.user | '' | name of a user",
        "market.retention.days | -1 | from 1 to 10000",
        "market.heartbeat.period | soon | 500ms or 1s",
        "market.backfill.enabled | yes | true or false",
        "market.backfill.url | api.polygon.io | https://api.polygon.io",
        "market.backfill.url | http://rest_host | without an underscore in the host",
        "market.backfill.url | https://host:port | https://api.polygon.io",
        "market.backfill.events | quotes | aggregates, trades, both",
        "market.backfill.overlap | 10 | 500ms, 10s, 5m or 24h",
        "market.backfill.requests-per-minute | 0 | from 1 to 1000000",
      })
  void namesTheKeyTheValueAndWhatIsAllowed(String key, String value, String allowed) {
    Properties properties = new Properties();
    properties.setProperty(key, value);

    assertThatExceptionOfType(CannotStart.class)
        .isThrownBy(() -> settings(properties))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(2))
        .withMessageStartingWith(key + "=" + value + ": ")
        .withMessageContaining(allowed);
  }

  @Test
  void namesTheKeyThatWasMeant() {
    Properties properties = new Properties();
    properties.setProperty("market.kafka.broker", "secret");

    assertThatExceptionOfType(CannotStart.class)
        .isThrownBy(() -> settings(properties))
        .withMessageContaining("did you mean market.kafka.brokers?")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  @Test
  void asksForTheKeyOfThePlan() {
    Properties properties = new Properties();
    properties.setProperty("market.feed.api-key", "");

    assertThatExceptionOfType(CannotStart.class)
        .isThrownBy(() -> settings(properties))
        .withMessageContaining("POLYGON_API_KEY");
  }

  private Settings settings(Properties properties) {
    properties.putIfAbsent("market.feed.api-key", "test");
    Path file = directory.resolve("application.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DefaultCamelContext context = new DefaultCamelContext();
    context
        .getPropertiesComponent()
        .setLocation("file:" + file + ",classpath:application.properties");
    context.build();
    return Settings.of(context);
  }
}
