package org.marketanalytics.app.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {
  private static final String BAR =
      """
      {"symbol":"AAPL","start":1788877020000,"end":1788877080000,"open":"181.52","high":"181.6","low":"181.4",\
      "close":"181.55","volume":"1200.25","vwap":"181.5123","trades":34,"seconds":12,"revision":1788877046310,\
      "final":false}""";
  private static final String AVERAGE =
      """
      {"symbol":"AAPL","start":1788876986000,"end":1788877046000,"avg_open":"181.52","avg_high":"181.6",\
      "avg_low":"181.4","avg_close":"181.55","seconds":57,"revision":1788877046310}""";

  private final RowReader reader = new RowReader();

  @Test
  void readsABar() throws MalformedRow {
    Row row = reader.bar(BAR.getBytes(UTF_8));

    assertThat(row.key()).isEqualTo(new Row.Key("AAPL", 1788877020000L));
    assertThat(row.revision()).isEqualTo(1788877046310L);
    assertThat(row.complete()).isFalse();
    assertThat(row.json())
        .isEqualTo(
            "[\"AAPL\",1788877020000,1788877080000,\"181.52\",\"181.6\",\"181.4\",\"181.55\",\"1200.25\","
                + "\"181.5123\",34,12,1788877046310,0]");
  }

  @Test
  void readsAnAverage() throws MalformedRow {
    Row row = reader.average(AVERAGE.getBytes(UTF_8));

    assertThat(row.key()).isEqualTo(new Row.Key("AAPL", 1788877046000L));
    assertThat(row.json())
        .isEqualTo(
            "[\"AAPL\",1788876986000,1788877046000,\"181.52\",\"181.6\",\"181.4\",\"181.55\",57,1788877046310]");
  }

  @Test
  void aVwapMayBeNull() throws MalformedRow {
    String bar = BAR.replace("\"181.5123\"", "null");

    assertThat(reader.bar(bar.getBytes(UTF_8)).json()).contains("\"1200.25\",null,34");
  }

  @Test
  void passesOverFieldsThatItDoesNotKnow() throws MalformedRow {
    String bar = BAR.replace("\"trades\"", "\"session\":{\"name\":\"pre\\ud800\"},\"trades\"");

    assertThat(reader.bar(bar.getBytes(UTF_8)).json()).doesNotContain("pre");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"AAPL\" | \"\" | symbol",
        "\"AAPL\" | null | symbol",
        "\"AAPL\" | \"AA PL\" | symbol",
        "\"AAPL\" | \"ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG\" | symbol",
        "\"AAPL\" | \"A\\u0000\" | symbol",
        "1788877020000 | -1 | start",
        "1788877020000 | 1788877080000 | end",
        "1788877080000 | 253402300800000 | end",
        "1788877080000 | 1788877080000.5 | end",
        "\"181.52\" | 181.52 | open",
        "\"181.52\" | \"NaN\" | open",
        "\"181.52\" | \"-1\" | open",
        "\"181.52\" | \"1.8152E2\" | open",
        "\"181.52\" | \"1234567890123\" | open",
        "\"181.6\" | \"181.6000001\" | high",
        "\"181.4\" | null | low",
        "\"1200.25\" | null | volume",
        "34 | 9223372036854775808 | JSON",
        ":12, | :40000, | seconds",
        "false | \"false\" | final",
      })
  void refusesWhatDoesNotFitTheTable(String good, String bad, String named) {
    String bar = BAR.replace(good, bad);

    assertThatExceptionOfType(MalformedRow.class)
        .isThrownBy(() -> reader.bar(bar.getBytes(UTF_8)))
        .withMessageContaining(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{} {}",
        "{\"symbol\":\"A\",\"symbol\":\"B\"}",
        "{\"open\":NaN}",
        "not json"
      })
  void refusesWhatIsNoObject(String value) {
    assertThatExceptionOfType(MalformedRow.class)
        .isThrownBy(() -> reader.bar(value.getBytes(UTF_8)));
  }

  @Test
  void refusesBytesThatAreNoText() {
    byte[] value = BAR.getBytes(UTF_8);
    value[12] = (byte) 0xFF;

    assertThatExceptionOfType(MalformedRow.class).isThrownBy(() -> reader.bar(value));
  }

  @Test
  void refusesARecordWithoutAValue() {
    assertThatExceptionOfType(MalformedRow.class).isThrownBy(() -> reader.average(null));
  }
}
