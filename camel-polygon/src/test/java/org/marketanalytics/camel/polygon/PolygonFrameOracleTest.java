package org.marketanalytics.camel.polygon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The splitter against the slow and obvious way: each event parsed into a tree by Jackson. */
class PolygonFrameOracleTest {

  private static final ObjectMapper JACKSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Property(tries = 3000)
  void agreesWithATree(@ForAll("events") List<String> events) {
    assertThat(split(events)).isEqualTo(events.stream().map(this::oracle).toList());
  }

  @Property(tries = 3000)
  void agreesWithATreeWhenEventsLoseOrChangeACharacter(
      @ForAll("damagedEvents") List<String> events) {
    List<String> expected = events.stream().map(this::oracle).toList();
    List<String> parts = split(events);

    // how broken text is cut up is a guess, but a good event after it must come out whole
    if (!good(expected).isEmpty()) {
      assertThat(parts).containsSubsequence(good(expected));
    }
    if (good(expected).equals(expected)) {
      assertThat(parts).isEqualTo(expected);
    }
  }

  @Property(tries = 3000)
  void neitherLosesNorInventsBytes(@ForAll("damagedEvents") List<String> events) {
    byte[] frame = ("[" + String.join(",", events) + "]").getBytes(UTF_8);
    int end = 0;

    for (PolygonElement element : PolygonFrame.split(frame)) {
      assertThat(element.offset()).isGreaterThanOrEqualTo(end);
      String between = new String(frame, end, element.offset() - end, UTF_8);
      assertThat(between).matches("[\\[\\],\\s]*");
      end = element.offset() + element.length();
    }
    assertThat(end).isLessThanOrEqualTo(frame.length);
  }

  @Property(tries = 5000)
  void survivesAnything(@ForAll("noise") String noise) {
    byte[] frame = noise.getBytes(UTF_8);
    boolean isArray = isArray(noise);

    List<PolygonElement> parts = PolygonFrame.split(frame);

    boolean malformed =
        parts.stream()
            .anyMatch(
                part ->
                    part instanceof PolygonRejection rejection
                        && rejection.reason().startsWith("malformed"));
    assertThat(malformed).isEqualTo(!isArray);
  }

  private static boolean isArray(String text) {
    try {
      JsonNode tree = JACKSON.readTree(text);
      return tree != null && tree.isArray();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static List<String> good(List<String> parts) {
    return parts.stream().filter(part -> part.startsWith("event ")).toList();
  }

  private static List<String> split(List<String> events) {
    byte[] frame = ("[" + String.join(",", events) + "]").getBytes(UTF_8);
    List<String> parts = new ArrayList<>();
    for (PolygonElement element : PolygonFrame.split(frame)) {
      String bytes = new String(element.bytes(frame), UTF_8);
      parts.add(
          element instanceof PolygonEvent event
              ? "event " + event.ev() + " " + event.symbol() + " " + event.timeMillis() + bytes
              : ((PolygonRejection) element).reason() + bytes);
    }
    return parts;
  }

  private String oracle(String text) {
    JsonNode event;
    try {
      event = JACKSON.readTree(text.getBytes(UTF_8));
    } catch (IOException e) {
      return "malformed-json" + text;
    }
    if (!(event instanceof ObjectNode)) {
      return "not-an-object" + text;
    }
    String ev = event.path("ev").textValue();
    if (ev == null || ev.isEmpty()) {
      return "missing-ev" + text;
    }
    String symbol = symbol(event, ev);
    if (symbol == null) {
      return "missing-symbol" + text;
    }
    boolean aggregate = Set.of("A", "AM", "XA", "XAS", "CA", "CAS").contains(ev);
    JsonNode time = event.path(aggregate ? "s" : "t");
    boolean fitsLong = time.isIntegralNumber() && time.canConvertToLong();
    if (!fitsLong || time.longValue() <= 0) {
      return "bad-time" + text;
    }
    return "event " + ev + " " + symbol + " " + millis(time.bigIntegerValue()) + text;
  }

  private static String symbol(JsonNode event, String ev) {
    String preferred =
        switch (ev) {
          case "C" -> "p";
          case "LULD", "NOI", "V" -> "T";
          case "XT", "XQ", "XL2", "XA", "XAS", "CA", "CAS" -> "pair";
          default -> "sym";
        };
    for (String field : List.of(preferred, "sym", "pair", "T")) {
      String value = event.path(field).textValue();
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return null;
  }

  private static BigInteger millis(BigInteger time) {
    int digits = time.toString().length();
    return time.divide(BigInteger.valueOf(digits > 17 ? 1_000_000 : digits > 14 ? 1_000 : 1));
  }

  @Provide
  Arbitrary<List<String>> events() {
    return event().list().ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<String>> damagedEvents() {
    Arbitrary<String> damaged =
        Combinators.combine(
                event(),
                Arbitraries.integers().between(2, 400),
                Arbitraries.of("", "\"", "}", "{", "]", ",", "x", "\\", "\u0001", "é", "NaN"))
            .as(
                (text, at, with) ->
                    at >= text.length()
                        ? text
                        : text.substring(0, at) + with + text.substring(at + 1));
    return Arbitraries.oneOf(event(), damaged).list().ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<String> noise() {
    Arbitrary<String> bits =
        Arbitraries.of(
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "\"",
            "\\",
            " ",
            "1",
            "-",
            "0",
            ".",
            "e",
            "true",
            "null",
            "\"ev\":\"T\"",
            "\"sym\":\"A\"",
            "\"t\":5",
            "{\"ev\":\"T\",\"sym\":\"A\",\"t\":5}",
            "é");
    return bits.list().ofMaxSize(30).map(list -> "[" + String.join("", list));
  }

  private Arbitrary<String> event() {
    Arbitrary<String> field =
        Combinators.combine(
                Arbitraries.of("p", "pair", "T", "t", "s", "x", "c", "dv", "note", "sym", "ev"),
                value())
            .as((name, value) -> "\"" + name + "\":" + value);
    return Combinators.combine(
            Arbitraries.of(
                "A", "AM", "T", "Q", "LULD", "NOI", "XT", "XA", "XAS", "XL2", "C", "CA", "CAS", "V",
                "FMV", "ZZ"),
            Arbitraries.of("sym", "pair", "T", "p", "other"),
            symbol(),
            time(),
            field.list().ofMaxSize(6))
        .as(
            (ev, name, symbol, time, others) -> {
              List<String> fields = new ArrayList<>(others);
              fields.add("\"" + name + "\":\"" + symbol + "\"");
              fields.add("\"t\":" + time);
              fields.add("\"s\":" + time);
              return "{\"ev\":\"" + ev + "\"," + String.join(",", fields) + "}";
            });
  }

  private static Arbitrary<String> symbol() {
    return Arbitraries.of(
        "AAPL",
        "BRK.A",
        "BTC-USD",
        "O:SPY241220P00720000",
        "ÄÖ€",
        "USD\\/EUR",
        "\\u0041\\n",
        "",
        "a\\\"b");
  }

  private static Arbitrary<String> time() {
    return Arbitraries.of(
        "1536036818784",
        "1601316752683746",
        "1788877046310003385",
        "1",
        "0",
        "-1",
        "1.5",
        "1e12",
        "null",
        "99999999999999",
        "100000000000000",
        "99999999999999999",
        "100000000000000000");
  }

  private static Arbitrary<String> value() {
    return Arbitraries.of(
        "1",
        "-0.5",
        "114.125",
        "0",
        "1e5",
        "-1.25E-3",
        "9223372036854775808",
        "true",
        "false",
        "null",
        "\"text\"",
        "\"a\\\\\"",
        "\"},{\\\"ev\\\"\"",
        "\"\\uD83D\\uDE00\"",
        "[]",
        "{}",
        "[0,12]",
        "[[1,2],[3,4]]",
        "{\"ev\":\"T\",\"sym\":\"X\"}",
        "[{\"a\":[]},null]",
        " 7 ",
        "[ 1 , 2 ]");
  }
}
