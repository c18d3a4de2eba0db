package org.marketanalytics.aggregation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class FlatObjectTest {

  private static final String AGGREGATE =
      """
      {"ev":"A","sym":"FCX","v":4989,"av":4332125,"op":75.98,"vw":78.0894,"o":78.1,"c":78.08,"h":78.125,"l":78.07,\
      "a":76.8404,"z":62,"s":1788877043000,"e":1788877044000,"dv":"4989.5","dav":"4332125.038360"}""";

  private static final String TRADE =
      """
      {"ev":"T","sym":"AAPL","i":"143541","x":4,"p":297.845,"s":0,"t":1781622376036,"q":4938312,"z":3,"trfi":202,\
      "trft":1781622376036,"ds":"0.25","c":[14,37,0]}""";

  @Example
  void takesEventsAsTheFeedSendsThem() {
    assertTaken(AGGREGATE);
    assertTaken(TRADE);
    assertTaken("{\"ev\":\"heartbeat\",\"t\":1781622376036,\"complete\":1781622371036}");
  }

  @Example
  void leavesEverythingElse() {
    assertThat(
            List.of(
                "",
                "{",
                "{}",
                "[]",
                "{\"p\":1e3}",
                "{\"p\":01}",
                "{\"p\":-}",
                "{\"p\":1.}",
                "{\"p\":NaN}",
                "{\"p\":null}",
                "{\"p\":1 }",
                "{\"p\": 1}",
                "{\"p\":1,}",
                "{\"p\":1}}",
                "{\"p\":1}{\"p\":1}",
                "{\"sym\":\"\\u0041\"}",
                "{\"sym\":\"\u00e9\"}",
                "{\"sym\":\"a\tb\"}",
                "{\"sym\":\"open}",
                "{\"c\":[1.5]}",
                "{\"c\":[-1]}",
                "{\"c\":[01]}",
                "{\"c\":[1,]}",
                "{\"c\":[123456789]}",
                "{\"other\":[1]}",
                "{\"other\":{\"p\":1}}"))
        .noneMatch(json -> read(json.getBytes(UTF_8), new Fields()));
  }

  @Property
  void readsWhatAReaderOfAllJsonReads(@ForAll("objects") String json) throws Rejection {
    assertSameWhereTaken(json.getBytes(UTF_8));
  }

  @Property
  void takesNothingThatAReaderOfAllJsonRefuses(
      @ForAll("events") String event, @ForAll @Size(max = 4) List<Change> changes)
      throws Rejection {
    byte[] json = event.getBytes(UTF_8);
    for (Change change : changes) {
      json = change.applied(json);
    }
    assertSameWhereTaken(json);
  }

  /** A byte that is put in, left out or replaced. */
  enum Change {
    QUOTE('"'),
    COMMA(','),
    COLON(':'),
    CLOSE('}'),
    BRACKET(']'),
    ZERO('0'),
    MINUS('-'),
    POINT('.'),
    BLANK(' '),
    BACKSLASH('\\'),
    LEFT_OUT(0);

    private final int with;

    Change(int with) {
      this.with = with;
    }

    private byte[] applied(byte[] json) {
      if (json.length == 0) {
        return json;
      }
      int at = Math.floorMod(Arrays.hashCode(json), json.length);
      if (this == LEFT_OUT) {
        byte[] shorter = Arrays.copyOf(json, json.length - 1);
        System.arraycopy(json, at + 1, shorter, at, json.length - at - 1);
        return shorter;
      }
      byte[] changed = json.clone();
      changed[at] = (byte) with;
      return changed;
    }
  }

  @Provide
  Arbitrary<String> events() {
    return Arbitraries.of(AGGREGATE, TRADE, "{\"c\":[]}", "{\"p\":-0.5,\"p\":\"2\",\"c\":[0]}");
  }

  @Provide
  Arbitrary<String> objects() {
    List<String> known = new ArrayList<>(List.of("", "av", "trft", "P", "symbol"));
    Arrays.stream(Fields.Field.values()).map(Fields.Field::toString).forEach(known::add);
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of(
                "\"\"", "\"AAPL\"", "[]", "[1,22,333]", "[12345678]", "null", "-0", "0.0"),
            Arbitraries.longs().map(Object::toString),
            Arbitraries.bigDecimals().map(Object::toString),
            Arbitraries.strings()
                .withCharRange(' ', '~')
                .excludeChars('"', '\\')
                .map("\"%s\""::formatted));
    Arbitrary<String> members =
        Combinators.combine(Arbitraries.of(known), values).as("\"%s\":%s"::formatted);
    return members.list().ofMinSize(1).ofMaxSize(12).map(all -> "{" + String.join(",", all) + "}");
  }

  /** Reads an event that stands among others. */
  private static boolean read(byte[] json, Fields fields) {
    byte[] before = "1}\"".getBytes(UTF_8);
    byte[] after = "\"}:1]".getBytes(UTF_8);
    ByteBuffer all = ByteBuffer.allocate(before.length + json.length + after.length);
    all.put(before).put(json).put(after);
    return FlatObject.read(all.array(), before.length, json.length, fields);
  }

  private static void assertTaken(String json) {
    assertThat(read(json.getBytes(UTF_8), new Fields())).as(json).isTrue();
  }

  private static void assertSameWhereTaken(byte[] json) throws Rejection {
    Fields quick = new Fields();
    if (read(json, quick)) {
      Fields any = new Fields();
      any.readAny(json, 0, json.length);
      for (Fields.Field field : Fields.Field.values()) {
        assertThat(quick.kind(field)).as("%s", field).isEqualTo(any.kind(field));
        assertThat(quick.text(field)).as("%s", field).isEqualTo(any.text(field));
      }
      assertThat(quick.conditions()).isEqualTo(any.conditions());
    }
  }
}
