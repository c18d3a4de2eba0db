package org.marketanalytics.camel.polygon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolygonFrameTest {

  private static final String GOOD = "{\"ev\":\"T\",\"sym\":\"MSFT\",\"p\":1,\"t\":5}";

  private static String one(String event) {
    return describe("[" + event + "]").get(0);
  }

  /** Each part in one line. */
  private static List<String> describe(String frame) {
    byte[] bytes = frame.getBytes(UTF_8);
    return PolygonFrame.split(bytes).stream().map(part -> describe(part, bytes)).toList();
  }

  private static String describe(PolygonElement element, byte[] frame) {
    String bytes = new String(element.bytes(frame), UTF_8);
    if (element instanceof PolygonEvent event) {
      return event.ev() + " " + event.symbol() + " " + event.timeMillis() + " " + bytes;
    }
    PolygonRejection rejection = (PolygonRejection) element;
    return rejection.reason() + " " + rejection.symbol() + " " + bytes;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"ev\":\"T\",\"sym\":\"MSFT\",\"x\":4,\"p\":114.125,\"c\":[0,12],\"t\":1536036818784} | T MSFT 1536036818784",
        "{\"ev\":\"Q\",\"sym\":\"MSFT\",\"bp\":114.125,\"t\":1536036818784} | Q MSFT 1536036818784",
        "{\"ev\":\"A\",\"sym\":\"SPCE\",\"v\":200,\"s\":1610144868000,\"e\":1610144869000} | A SPCE 1610144868000",
        "{\"ev\":\"AM\",\"sym\":\"GTE\",\"s\":1610144640000,\"e\":1610144700000} | AM GTE 1610144640000",
        "{\"ev\":\"LULD\",\"T\":\"ATHR\",\"h\":3.63,\"i\":[15],\"t\":1788877046310003385} | LULD ATHR 1788877046310",
        "{\"ev\":\"LULD\",\"T\":\"MSFT\",\"t\":1601316752683746} | LULD MSFT 1601316752683",
        "{\"ev\":\"NOI\",\"T\":\"NTEST.Q\",\"t\":1601318039223013600,\"at\":930} | NOI NTEST.Q 1601318039223",
        "{\"ev\":\"FMV\",\"fmv\":189.22,\"sym\":\"AAPL\",\"t\":1678220098130} | FMV AAPL 1678220098130",
        "{\"ev\":\"FMV\",\"fmv\":7.2,\"sym\":\"O:TSLA210903C00700000\",\"t\":1401715883806000000} | FMV O:TSLA210903C00700000 1401715883806",
        "{\"ev\":\"C\",\"p\":\"USD/CNH\",\"x\":\"44\",\"a\":6.83366,\"t\":1536036818784} | C USD/CNH 1536036818784",
        "{\"ev\":\"CA\",\"pair\":\"USD/EUR\",\"o\":0.8687,\"s\":1539145740000} | CA USD/EUR 1539145740000",
        "{\"ev\":\"CAS\",\"pair\":\"USD/EUR\",\"o\":0.8687,\"s\":1539145740000} | CAS USD/EUR 1539145740000",
        "{\"ev\":\"XT\",\"pair\":\"BTC-USD\",\"p\":33021.9,\"t\":1610462007425,\"r\":1610462007576} | XT BTC-USD 1610462007425",
        "{\"ev\":\"XL2\",\"pair\":\"BTC-USD\",\"t\":1610462411115,\"b\":[[33712.71,0.18635]]} | XL2 BTC-USD 1610462411115",
        "{\"ev\":\"XA\",\"pair\":\"BCD-USD\",\"s\":1610463240000,\"e\":1610463300000} | XA BCD-USD 1610463240000",
        "{\"ev\":\"XAS\",\"pair\":\"BCD-USD\",\"s\":1610463240000,\"e\":1610463300000} | XAS BCD-USD 1610463240000",
        "{\"ev\":\"AM\",\"sym\":\"X:BTC-USD\",\"s\":1610463240000} | AM X:BTC-USD 1610463240000",
        "{\"ev\":\"V\",\"val\":3988.5,\"T\":\"I:SPX\",\"t\":1678220098130} | V I:SPX 1678220098130",
        "{\"ev\":\"NEW\",\"sym\":\"AAPL\",\"t\":7} | NEW AAPL 7"
      })
  void findsSymbolAndTimeOfEachKindOfEvent(String event, String expected) {
    assertThat(one(event)).isEqualTo(expected + " " + event);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"ev\":\"T\",\"p\":1,\"t\":5} | missing-symbol null",
        "{\"ev\":\"T\",\"sym\":\"\",\"t\":5} | missing-symbol null",
        "{\"ev\":\"T\",\"sym\":null,\"t\":5} | missing-symbol null",
        "{\"ev\":\"T\",\"sym\":7,\"t\":5} | missing-symbol null",
        "{\"sym\":\"AAPL\",\"t\":5} | missing-ev AAPL",
        "{} | missing-ev null",
        "{\"ev\":\"T\",\"sym\":\"AAPL\"} | bad-time AAPL",
        "{\"ev\":\"A\",\"sym\":\"AAPL\",\"t\":5} | bad-time AAPL",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"t\":-5} | bad-time AAPL",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"t\":0} | bad-time AAPL",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"t\":1.5} | bad-time AAPL",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"t\":1e3} | bad-time AAPL",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"t\":\"5\"} | bad-time AAPL",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"t\":null} | bad-time AAPL",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"t\":9999999999999999999} | bad-time AAPL",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"t\":99999999999999999999} | bad-time AAPL",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"p\":NaN,\"t\":5} | malformed-json null",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"p\":01,\"t\":5} | malformed-json null",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"p\":1.,\"t\":5} | malformed-json null",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"p\":1e,\"t\":5} | malformed-json null",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"p\":-,\"t\":5} | malformed-json null",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"t\":5,} | malformed-json null",
        "{\"ev\":\"T\" \"sym\":\"AAPL\",\"t\":5} | malformed-json null",
        "{\"ev\":\"T\",\"sym\":\"AAPL,\"t\":5} | malformed-json null",
        "{\"ev\":\"T\",\"sym\":\"AAPL,\"t\":5 | malformed-json null",
        "{\"ev\":\"T\",\"sym\":\"A\\x\",\"t\":5} | malformed-json null",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"c\":[1,2,\"t\":5} | malformed-json null",
        "{\"ev\":\"T\",\"sym\":\"AAPL\",\"c\":tru,\"t\":5} | malformed-json null",
        "7 | not-an-object null",
        "\"text\" | not-an-object null",
        "null | not-an-object null",
        "[{\"ev\":\"T\"},2] | not-an-object null",
        "foo | malformed-json null"
      })
  void rejectsABadEventAndKeepsItsNeighbours(String bad, String expected) {
    assertThat(describe("[" + GOOD + "," + bad + "," + GOOD + "]"))
        .containsExactly("T MSFT 5 " + GOOD, expected + " " + bad, "T MSFT 5 " + GOOD);
  }

  @Test
  void leavesNumbersThatItDoesNotNeedToTheReader() {
    String event =
        "{\"ev\":\"AM\",\"sym\":\"MSFT\",\"v\":-1e400,\"z\":9223372036854775808,\"s\":1}";

    assertThat(one(event)).isEqualTo("AM MSFT 1 " + event);
  }

  @Test
  void resolvesEscapes() {
    assertThat(one("{\"\\u0065v\":\"C\",\"p\":\"USD\\/C\\u004eH\",\"t\":5}"))
        .startsWith("C USD/CNH 5 ");
  }

  @Test
  void takesTheLastOfAFieldThatComesTwice() {
    assertThat(one("{\"ev\":\"T\",\"sym\":\"A\",\"sym\":\"B\",\"t\":1,\"t\":2}"))
        .startsWith("T B 2 ");
  }

  @Test
  void looksAtTheFieldsOfTheEventOnlyNotOfWhatIsNestedInIt() {
    assertThat(
            one("{\"ev\":\"T\",\"sym\":\"A\",\"t\":1,\"x\":{\"sym\":\"B\",\"t\":2,\"ev\":\"Q\"}}"))
        .startsWith("T A 1 ");
  }

  @Test
  void passesOverStatuses() {
    assertThat(
            describe("[{\"ev\":\"status\",\"status\":\"success\",\"message\":\"\"}," + GOOD + "]"))
        .containsExactly("T MSFT 5 " + GOOD);
  }

  @Test
  void readsOverWhiteSpace() {
    assertThat(
            describe(" [ { \"ev\" : \"T\" ,\n\t\"sym\" : \"A\" , \"t\" : 5 } , " + GOOD + " ]\r\n"))
        .containsExactly(
            "T A 5 { \"ev\" : \"T\" ,\n\t\"sym\" : \"A\" , \"t\" : 5 }", "T MSFT 5 " + GOOD);
  }

  @Test
  void findsNothingInAnEmptyFrame() {
    assertThat(describe("[]")).isEmpty();
    assertThat(describe(" [ ] ")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{\"ev\":\"T\"}", "hello", "null", "]"})
  void rejectsAFrameThatIsNoArray(String frame) {
    assertThat(describe(frame)).containsExactly("malformed-frame null " + frame);
  }

  @Test
  void keepsTheCompleteEventsOfATruncatedFrame() {
    String whole = "[" + GOOD + "," + GOOD + "]";

    for (int length = 1; length < whole.length(); length++) {
      String frame = whole.substring(0, length);
      int complete = length > 2 * GOOD.length() + 1 ? 2 : length > GOOD.length() ? 1 : 0;
      List<String> parts = describe(frame);

      assertThat(parts).as(frame).hasSize(complete + 1);
      assertThat(parts.subList(0, complete)).allMatch(part -> part.equals("T MSFT 5 " + GOOD));
      assertThat(parts.get(complete)).startsWith("malformed-frame null ");
      assertThat(frame).endsWith(parts.get(complete).substring(21));
    }
  }

  @Test
  void rejectsWhatComesAfterTheFrame() {
    assertThat(describe("[" + GOOD + "] [1]"))
        .containsExactly("T MSFT 5 " + GOOD, "malformed-frame null [1]");
  }

  @Test
  void noticesMissingEvents() {
    assertThat(describe("[," + GOOD + ",]"))
        .containsExactly("malformed-json null ", "T MSFT 5 " + GOOD, "malformed-json null ");
  }

  @Test
  void noticesAMissingComma() {
    assertThat(describe("[" + GOOD + " " + GOOD + "," + GOOD + "]"))
        .containsExactly("T MSFT 5 " + GOOD, "malformed-json null " + GOOD, "T MSFT 5 " + GOOD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ev\":\"T\",\"sym\":\"AAPL}",
        "{\"ev\":\"T\",\"sym\":\"AAPL,\"t\":5}",
        "{\"\"ev\":\"T\",\"sym\":\"AAPL\"}",
        "{\"ev\":\"T\",\"sym\":\"AAPL\"",
        "{\"ev\":\"T\",\"c\":[1,2"
      })
  void findsTheNextEventWhateverItsFirstFieldIs(String broken) {
    String next = "{\"sym\":\"X\",\"ev\":\"T\",\"t\":7}";

    assertThat(describe("[" + broken + "," + next + "," + GOOD + "]"))
        .containsExactly("malformed-json null " + broken, "T X 7 " + next, "T MSFT 5 " + GOOD);
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    byte[] frame = "[{\"ev\":\"T\",\"p\":NaN}]".getBytes(UTF_8);

    assertThat(PolygonFrame.split(frame))
        .containsExactly(
            new PolygonRejection(
                "malformed-json", "a value is missing at byte 14", null, 1, frame.length - 2));
  }

  @Test
  void namesTheTimeItCannotRead() {
    byte[] frame = "[{\"ev\":\"A\",\"sym\":\"X\",\"s\":\"soon\"}]".getBytes(UTF_8);

    assertThat(((PolygonRejection) PolygonFrame.split(frame).get(0)).error())
        .isEqualTo("s=\"soon\"; allowed: a positive whole number");
  }

  @Test
  void rejectsTextThatIsNotUtf8() {
    byte[] frame = ("[{\"ev\":\"T\",\"sym\":\"?\",\"t\":5}," + GOOD + "]").getBytes(UTF_8);
    frame[18] = (byte) 0xff;

    assertThat(PolygonFrame.split(frame))
        .extracting(element -> element instanceof PolygonEvent)
        .containsExactly(false, true);
  }

  @Test
  void staysLinearInAFrameOfFaultsOnly() {
    byte[] frame = ("[" + "x,{".repeat(3_000_000) + "]").getBytes(UTF_8);

    assertThat(PolygonFrame.split(frame))
        .hasSizeLessThanOrEqualTo(FrameSplitter.MAX_REJECTIONS + 1);
  }

  @Test
  void refusesBottomlessNesting() {
    String deep = "{\"ev\":\"T\",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(describe("[" + deep + "," + GOOD + "]"))
        .containsExactly("malformed-json null " + deep, "T MSFT 5 " + GOOD);
  }
}
