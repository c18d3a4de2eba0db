package org.marketanalytics.app.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackfillSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', https://api.polygon.io",
    "'', wss://delayed.polygon.io/stocks, https://api.polygon.io",
    "'', wss://socket.massive.com, https://api.massive.com",
    "'', wss://polygon.io, https://api.polygon.io",
    "'', wss://notpolygon.io, https://notpolygon.io",
    "'', ws://127.0.0.1:8091/stocks, http://127.0.0.1:8091",
    "'', wss://feed.example, https://feed.example",
    "https://rest.example/, ws://127.0.0.1:8091, https://rest.example"
  })
  void theRestInterfaceIsThatOfTheFeedsHost(String given, String feed, String url) {
    assertThat(BackfillSettings.url(given, feed)).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "10s, PT10S", "5m, PT5M", "24h, PT24H", "0s, PT0S"})
  void aTimeIsANumberWithItsUnit(String text, Duration duration) {
    assertThat(BackfillSettings.duration(text)).isEqualTo(duration);
  }
}
