package org.marketanalytics.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  private static final String FRACTIONAL =
      """
      {"ev":"A","sym":"FCX","v":4989,"av":4332125,"op":75.98,"vw":78.0894,"o":78.1,"c":78.08,"h":78.125,"l":78.07,\
      "a":76.8404,"z":62,"s":1788877043000,"e":1788877044000,"dv":"4989.5","dav":"4332125.038360"}""";

  @Test
  void readsAnAggregateWithItsExactVolume() throws Rejection {
    assertThat(aggregates(FRACTIONAL))
        .isEqualTo(
            new Second(
                "FCX",
                1_788_877_043_000L,
                78_100_000,
                78_125_000,
                78_070_000,
                78_080_000,
                4_989_500_000L,
                389_627_061_300L,
                80));
  }

  @Test
  void readsAggregatesOfCryptoAndForeignExchange() throws Rejection {
    Second crypto =
        (Second)
            aggregates(
                """
                {"ev":"XAS","pair":"BCD-USD","v":951.6112,"vw":0.7756,"z":73,"o":0.772,"c":0.784,"h":0.784,"l":0.771,\
                "s":1610463240000,"e":1610463300000}""");
    Second forex =
        (Second)
            aggregates(
                """
                {"ev":"CAS","pair":"USD/EUR","o":0.8687,"c":0.86889,"h":0.86889,"l":0.8686,"v":20,"s":1539145740000}""");

    assertThat(crypto.symbol()).isEqualTo("BCD-USD");
    assertThat(crypto.volume()).isEqualTo(951_611_200);
    assertThat(crypto.trades()).isEqualTo(13);
    assertThat(forex.notional()).as("no average price, so no notional").isEqualTo(Decimals.NONE);
    assertThat(forex.trades()).as("no average size: at least one").isEqualTo(1);
  }

  @Test
  void putsTheValueOfAnIndexIntoItsSecond() throws Rejection {
    Second index =
        (Second)
            aggregates(
                """
                {"ev":"A","sym":"I:SPX","op":3985.67,"o":3985.67,"c":3985.67,"h":3985.67,"l":3985.67,\
                "s":1678220675805,"e":1678220675805}""");

    assertThat(index.startMillis()).isEqualTo(1_678_220_675_000L);
    assertThat(index.volume()).isZero();
    assertThat(index.trades()).isZero();
  }

  @Test
  void readsATradeWithItsFractionalSize() throws Rejection {
    Trade trade =
        (Trade)
            trades(
                """
                {"ev":"T","sym":"AAPL","i":"143541","x":4,"p":297.845,"s":0,"t":1781622376036,"q":4938312,"z":3,\
                "trfi":202,"trft":1781622376036,"ds":"0.25","c":[14,37]}""");

    assertThat(trade.size()).isEqualTo(250_000);
    assertThat(trade.notional()).isEqualTo(74_461_250);
    assertThat(trade.sequence()).isEqualTo(4_938_312);
    assertThat(trade.secondMillis()).isEqualTo(1_781_622_376_000L);
    assertThat(trade.counts()).isEqualTo(SaleConditions.Effect.VOLUME);
  }

  @Test
  void aCryptoTradesConditionOnlyNamesItsSide() throws Rejection {
    Trade trade =
        (Trade)
            trades(
                """
                {"ev":"XT","pair":"BTC-USD","p":33021.9,"t":1610462007425,"s":0.01616617,"c":[2],"i":14272084,"x":3}""");

    assertThat(trade.counts()).isEqualTo(SaleConditions.Effect.EVERYTHING);
    assertThat(trade.size()).isEqualTo(16_166);
  }

  @Test
  void tellsTradesApartByExchangeFacilityAndId() throws Rejection {
    String trade =
        "{\"ev\":\"T\",\"sym\":\"A\",\"p\":1,\"s\":1,\"t\":1000,\"q\":%s,\"x\":%s,\"trfi\":%s,\"i\":%s}";
    List<String> distinct =
        List.of(
            trade.formatted(1, 4, 0, "\"7\""),
            trade.formatted(1, 5, 0, "\"7\""),
            trade.formatted(1, 4, 202, "\"7\""),
            trade.formatted(1, 4, 0, "\"07\""),
            trade.formatted(1, 4, 0, "\"7a\""),
            trade.formatted(1, 4, 0, "\"99999999999999\""),
            trade.formatted(1, 4, 0, "null"),
            trade.formatted(2, 4, 0, "null"),
            trade.formatted(1, 400, 0, "\"7\""));

    assertThat(distinct.stream().map(EventReaderTest::identity)).doesNotHaveDuplicates();
    assertThat(identity(trade.formatted(99, 4, 0, "7"))).isEqualTo(identity(distinct.get(0)));
  }

  @ParameterizedTest
  @CsvSource({"Q", "AM", "LULD", "T", "XT", "status", "FMV"})
  void passesOverWhatTheRunDoesNotRead(String ev) throws Rejection {
    assertThat(aggregates("{\"ev\":\"%s\",\"T\":\"X\",\"t\":1788877046310003385}".formatted(ev)))
        .isInstanceOf(Ignored.class);
    assertThat(
            read(
                Input.AGGREGATES,
                new LogRecord(0, 1, 1, ev, "not even JSON".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(Ignored.class);
  }

  @Test
  void takesTheKindFromTheHeaderWhereTheValueHasNone() throws Rejection {
    String withoutEv = FRACTIONAL.replace("\"ev\":\"A\",", "");

    assertThat(read(Input.AGGREGATES, Log.record(0, 1, "A", withoutEv))).isInstanceOf(Second.class);
  }

  @ParameterizedTest
  @MethodSource("poison")
  void refusesPoisonWithItsReason(String slug, String replaced, String by) {
    String json = FRACTIONAL.replace(replaced, by);
    assertThat(json).isNotEqualTo(FRACTIONAL);

    assertThatThrownBy(() -> aggregates(json))
        .isInstanceOfSatisfying(
            Rejection.class, refusal -> assertThat(refusal.reason().slug()).isEqualTo(slug))
        .message()
        .hasSizeLessThan(250)
        .doesNotContain("\n");
  }

  static List<String[]> poison() {
    return List.of(
        poison("malformed-json", "}", ""),
        poison("malformed-json", "}", "} {}"),
        poison("malformed-json", "{\"ev\"", "{ev"),
        poison("malformed-json", FRACTIONAL, ""),
        poison("not-an-object", FRACTIONAL, "[" + FRACTIONAL + "]"),
        poison("not-an-object", FRACTIONAL, "42"),
        poison("missing-ev", "\"ev\":\"A\"", "\"x\":1"),
        poison("missing-symbol", "\"sym\":\"FCX\"", "\"sym\":\"\""),
        poison("missing-symbol", "\"sym\":\"FCX\"", "\"sym\":null"),
        poison("missing-symbol", "\"sym\":\"FCX\"", "\"sym\":7"),
        poison("missing-symbol", "\"sym\":\"FCX\",", ""),
        poison("bad-symbol", "FCX", "F".repeat(33)),
        poison("bad-symbol", "FCX", "F CX"),
        poison("bad-symbol", "FCX", "FCX "),
        poison("bad-symbol", "FCX", "F\\nCX"),
        poison("bad-symbol", "FCX", "F\\u0000X"),
        poison("bad-symbol", "FCX", "F\\u007fX"),
        poison("bad-symbol", "FCX", "F\\ud800"),
        poison("bad-symbol", "FCX", "FÇX"),
        poison("bad-symbol", "FCX", "F\\\"X"),
        poison("bad-symbol", "FCX", "F\\\\X"),
        poison("bad-time", "\"s\":1788877043000", "\"s\":-1000"),
        poison("bad-time", "\"s\":1788877043000", "\"s\":1788877043000.5"),
        poison("bad-time", "\"s\":1788877043000", "\"s\":1788877043500"),
        poison("bad-time", "\"s\":1788877043000", "\"s\":\"1788877043000\""),
        poison("bad-time", "\"s\":1788877043000", "\"s\":1788877043000000000"),
        poison("bad-time", "\"s\":1788877043000,", ""),
        poison("bad-price", "\"o\":78.1", "\"o\":NaN"),
        poison("bad-price", "\"o\":78.1", "\"o\":-Infinity"),
        poison("bad-price", "\"o\":78.1", "\"o\":-78.1"),
        poison("bad-price", "\"o\":78.1", "\"o\":0"),
        poison("bad-price", "\"o\":78.1", "\"o\":\"78.1\""),
        poison("bad-price", "\"o\":78.1", "\"o\":78.126"),
        poison("bad-price", "\"c\":78.08", "\"c\":[1]"),
        poison("bad-price", "\"c\":78.08", "\"c\":{\"x\":1}"),
        poison("bad-price", "\"h\":78.125", "\"h\":78.0"),
        poison("bad-price", "\"h\":78.125,", ""),
        poison("bad-price", "\"vw\":78.0894", "\"vw\":-1"),
        poison("bad-price", "\"l\":78.07", "\"l\":1e-7"),
        poison("malformed-json", "\"z\":62", "\"z\":" + "[".repeat(30) + "]".repeat(30)),
        poison("bad-price", "\"l\":78.07", "\"l\":1e-400"),
        poison("out-of-range", "\"h\":78.125", "\"h\":1e11"),
        poison("out-of-range", "\"h\":78.125", "\"h\":1e400"),
        poison("out-of-range", "\"h\":78.125", "\"h\":" + "1".repeat(40)),
        poison("out-of-range", "\"dv\":\"4989.5\"", "\"dv\":\"" + "1".repeat(40) + "\""),
        poison("bad-volume", "\"dv\":\"4989.5\"", "\"dv\":\"\""),
        poison("out-of-range", "\"z\":62", "\"z\":9223372036854775808"),
        poison("bad-volume", "\"dv\":\"4989.5\"", "\"dv\":4989.5"),
        poison("bad-volume", "\"dv\":\"4989.5\"", "\"dv\":\"-1\""),
        poison("bad-volume", "\"dv\":\"4989.5\"", "\"dv\":\"NaN\""),
        poison(
            "bad-volume",
            FRACTIONAL,
            "{\"ev\":\"A\",\"sym\":\"A\",\"s\":1000,\"o\":1,\"h\":1,\"l\":1,\"c\":1,\"v\":-1}"));
  }

  @Test
  void keepsAnEventWhoseNotionalIsTooLargeWithoutIt() throws Rejection {
    Second second = (Second) aggregates(FRACTIONAL.replace("78.0894", "99999999999"));
    Trade trade =
        (Trade)
            trades("{\"ev\":\"T\",\"sym\":\"A\",\"t\":1788877046310,\"p\":1000000,\"s\":100000}");

    assertThat(second.volume()).isEqualTo(4_989_500_000L);
    assertThat(second.notional()).isEqualTo(Decimals.NONE);
    assertThat(trade.size()).isEqualTo(100_000 * Decimals.ONE);
    assertThat(trade.notional()).isEqualTo(Decimals.NONE);
  }

  @Test
  void saysThatAPriceIsRoundedToMillionths() {
    assertThatThrownBy(() -> aggregates(FRACTIONAL.replace("\"l\":78.07", "\"l\":4e-7")))
        .hasMessage("l=4e-7 is not a price: a number that rounds to 0.000001 or more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bad-volume | \"ds\":40.0",
        "bad-volume | \"ds\":\"forty\"",
        "bad-volume | \"ds\":\"-40\"",
        "bad-volume | \"ds\":null",
        "bad-volume | \"x\":1",
        "bad-volume | \"s\":-1",
        "bad-price | \"ds\":\"40.0\",\"p\":\"10\"",
        "bad-time | \"ds\":\"40.0\",\"t\":1788877046310003385"
      })
  void refusesATradeThatCannotBeCounted(String slug, String fields) {
    String json =
        "{\"ev\":\"T\",\"sym\":\"FCX\",\"t\":1788877046310,\"p\":10,%s}".formatted(fields);

    assertThatThrownBy(() -> trades(json))
        .isInstanceOfSatisfying(
            Rejection.class, refusal -> assertThat(refusal.reason().slug()).isEqualTo(slug));
  }

  @Test
  void theLastOfTwoFieldsOfOneNameCounts() throws Rejection {
    assertThat(aggregates(FRACTIONAL.replace("{\"ev\"", "{\"o\":-1,\"sym\":\"X\",\"ev\"")))
        .isEqualTo(aggregates(FRACTIONAL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "BRK.B",
        "USD/EUR",
        "I:SPX",
        "O:SPY251219C00650000",
        "!#$%&'()*+,-./:;<=>?@[]"
      })
  void takesEverySymbolThatTheTablesTake(String symbol) throws Rejection {
    Second second = (Second) aggregates(FRACTIONAL.replace("FCX", symbol));

    assertThat(second.symbol()).isEqualTo(symbol);
  }

  @Test
  void takesTheLongestSymbol() throws Rejection {
    String longest = "~".repeat(32);

    assertThat(((Second) aggregates(FRACTIONAL.replace("FCX", longest))).symbol())
        .isEqualTo(longest);
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] value = FRACTIONAL.getBytes(StandardCharsets.UTF_8);
    value[FRACTIONAL.indexOf("FCX")] = (byte) 0xC3;

    assertThatThrownBy(() -> read(Input.AGGREGATES, new LogRecord(0, 1, 1, "A", value)))
        .isInstanceOfSatisfying(
            Rejection.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID_UTF_8));
  }

  @Test
  void refusesAValueThatNoEventCanHave() {
    String huge = FRACTIONAL.replace("}", " ".repeat(Fields.MOST_BYTES) + "}");

    assertThatThrownBy(() -> aggregates(huge))
        .isInstanceOfSatisfying(
            Rejection.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OVERSIZE));
  }

  @Test
  void refusesARecordWithoutAValue() {
    assertThatThrownBy(() -> read(Input.AGGREGATES, new LogRecord(0, 1, 1, "A", null)))
        .isInstanceOfSatisfying(
            Rejection.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED_JSON));
  }

  @Test
  void readsOneRecordAfterAnotherWithoutTracesOfTheFormer() throws Rejection {
    EventReader reader = new EventReader(Input.AGGREGATES);
    LogRecord whole = Log.record(0, 1, "A", FRACTIONAL);
    LogRecord withoutVolume =
        Log.record(1, 1, "A", FRACTIONAL.replaceAll("\"(v|dv|vw)\":[^,}]*", "\"none\":0"));

    Event first = reader.read(whole);
    Second second = (Second) reader.read(withoutVolume);

    assertThat(second.volume()).isZero();
    assertThat(reader.read(whole)).isEqualTo(first);
  }

  private static String[] poison(String slug, String replaced, String by) {
    return new String[] {slug, replaced, by};
  }

  private static long identity(String json) {
    try {
      return ((Trade) trades(json)).identity();
    } catch (Rejection refusal) {
      throw new AssertionError(refusal);
    }
  }

  private static Event aggregates(String json) throws Rejection {
    return read(Input.AGGREGATES, Log.record(0, 1, null, json));
  }

  private static Event trades(String json) throws Rejection {
    return read(Input.TRADES, Log.record(0, 1, null, json));
  }

  private static Event read(Input input, LogRecord record) throws Rejection {
    return new EventReader(input).read(record);
  }
}
