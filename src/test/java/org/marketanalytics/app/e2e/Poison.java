package org.marketanalytics.app.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Something that a feed or a stranger may send, and what must become of it.
 *
 * @param name what is wrong with it
 * @param fate who refuses it and the reason of the dead letter, or one of the fates below
 * @param bytes as they are sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
record Poison(String name, String fate, byte[] bytes) {

  private static final String JOB = "job/";

  /** It is an event as good as any, with the numbers that it tells. */
  static final String ACCEPTED = "(accepted)";

  /** It is on the raw topic, and the job passes over it. */
  static final String IGNORED = "(ignored)";

  /** It leaves no trace at all. */
  static final String NOTHING = "(nothing)";

  /** The only second of the event that each case changes at one place. */
  private static final String EVENT =
      """
      {"ev":"A","sym":"MSFT","v":10,"vw":10.5,"o":10,"c":11,"h":12,"l":9,"z":2,"s":START,"e":END,"dv":"10.5"}"""
          .strip();

  private static final String MANY = "1234567890".repeat(4);

  /** An event of a symbol in a second that a good feed sends. */
  static String good(String symbol, long start) {
    return at(EVENT.replace("MSFT", symbol), start);
  }

  /**
   * What stands in a frame between good neighbours.
   *
   * @param now the wall clock
   */
  static List<Poison> elements(Instant now) {
    long soon = now.plus(Duration.ofMinutes(10)).getEpochSecond() * 1000;
    return List.of(
        changed("symbol null", "application/missing-symbol", "\"MSFT\"", "null"),
        changed("symbol empty", "application/missing-symbol", "\"MSFT\"", "\"\""),
        changed("symbol blank", "job/missing-symbol", "\"MSFT\"", "\" \""),
        changed("symbol a number", "application/missing-symbol", "\"MSFT\"", "7"),
        changed("symbol missing", "application/missing-symbol", "\"sym\":\"MSFT\",", ""),
        changed("symbol overlong", "job/bad-symbol", "MSFT", "M".repeat(33)),
        changed("symbol very long", "job/bad-symbol", "MSFT", "M".repeat(256)),
        changed("symbol huge", "application/bad-symbol", "MSFT", "M".repeat(600_000)),
        changed("symbol not ASCII", "job/bad-symbol", "MSFT", "MÇFT"),
        changed("symbol with an emoji", "job/bad-symbol", "MSFT", "M\uD83D\uDE80"),
        changed("symbol with a quote", "job/bad-symbol", "MSFT", "M\\\"; DROP TABLE bars; --"),
        changed("symbol with a backslash", "job/bad-symbol", "MSFT", "M\\\\"),
        changed("symbol with a zero", "job/bad-symbol", "MSFT", "M\\u0000"),
        changed("symbol after a BOM", "job/bad-symbol", "MSFT", "\uFEFFMSFT"),
        changed("symbol with half a surrogate", "job/bad-symbol", "MSFT", "M\\ud800"),
        changed("ev missing", "application/missing-ev", "\"ev\":\"A\",", ""),
        changed("ev null", "application/missing-ev", "\"A\"", "null"),
        changed(
            "ev huge",
            "application/bad-ev",
            "\"A\"",
            "\"" + "A".repeat(900_000) + "\",\"t\":START"),
        changed("ev of nobody", IGNORED, "\"ev\":\"A\"", "\"t\":START,\"ev\":\"ZZ\""),
        changed(
            "ev of the pipeline itself",
            "application/reserved-ev",
            "\"ev\":\"A\"",
            "\"t\":%d,\"ev\":\"heartbeat\"".formatted(now.toEpochMilli())),
        changed("time missing", "application/bad-time", "\"s\":START,", ""),
        changed("time null", "application/bad-time", "\"s\":START", "\"s\":null"),
        changed("time a string", "application/bad-time", "\"s\":START", "\"s\":\"START\""),
        changed("time a float", "application/bad-time", "\"s\":START", "\"s\":START.5"),
        changed("time with an exponent", "application/bad-time", "\"s\":START", "\"s\":1.77e12"),
        changed("time negative", "application/bad-time", "\"s\":START", "\"s\":-START"),
        changed("time zero", "application/bad-time", "\"s\":START", "\"s\":0"),
        changed("time of 40 digits", "application/bad-time", "\"s\":START", "\"s\":" + MANY),
        changed("time in ns", "job/bad-time", "\"s\":START", "\"s\":START000000"),
        changed("time in us", "job/bad-time", "\"s\":START", "\"s\":START000"),
        changed("time not of a second", "job/bad-time", "\"s\":START,", "\"s\":1772461800001,"),
        changed("time in 2099", "application/in-the-future", "\"s\":START", "\"s\":4070908800000"),
        changed("time in ten minutes", "job/in-the-future", "\"s\":START", "\"s\":" + soon),
        changed("price NaN", "application/malformed-json", "\"o\":10", "\"o\":NaN"),
        changed("price Infinity", "application/malformed-json", "\"o\":10", "\"o\":-Infinity"),
        changed("price 1e400", "job/out-of-range", "\"h\":12", "\"h\":1e400"),
        changed("price 1e-400", "job/bad-price", "\"l\":9", "\"l\":1e-400"),
        changed("price of 40 digits", "job/out-of-range", "\"h\":12", "\"h\":" + MANY),
        changed(
            "price with 40 decimals", ACCEPTED, "\"o\":10,", "\"o\":10." + "0".repeat(40) + ","),
        changed("price negative", "job/bad-price", "\"o\":10,", "\"o\":-10,"),
        changed("price zero", "job/bad-price", "\"l\":9", "\"l\":0"),
        changed("price a string", "job/bad-price", "\"c\":11", "\"c\":\"11\""),
        changed("price null", "job/bad-price", "\"c\":11", "\"c\":null"),
        changed("price an object", "job/bad-price", "\"c\":11", "\"c\":{\"v\":11}"),
        changed("high below low", "job/bad-price", "\"h\":12", "\"h\":8"),
        changed("open above high", "job/bad-price", "\"o\":10,", "\"o\":13,"),
        changed("high missing", "job/bad-price", "\"h\":12,", ""),
        changed("vwap negative", "job/bad-price", "\"vw\":10.5", "\"vw\":-1"),
        changed("z with a decimal", ACCEPTED, "\"z\":2,", "\"z\":12.0,"),
        changed("z beyond a long", "job/out-of-range", "\"z\":2,", "\"z\":9223372036854775808,"),
        changed("dv a number", "job/bad-volume", "\"dv\":\"10.5\"", "\"dv\":40.0"),
        changed("dv no number", "job/bad-volume", "\"dv\":\"10.5\"", "\"dv\":\"ten\""),
        changed("dv empty", "job/bad-volume", "\"dv\":\"10.5\"", "\"dv\":\"\""),
        changed("dv of 40 digits", "job/out-of-range", "\"10.5\"", "\"" + MANY + "\""),
        changed("volume negative", "job/bad-volume", ",\"dv\":\"10.5\"", ",\"v\":-1"),
        changed("a trade with ds a number", IGNORED, "\"A\"", "\"T\",\"t\":START,\"ds\":40.0"),
        changed("name twice", ACCEPTED, "\"o\":10", "\"o\":99,\"o\":10"),
        changed("symbol twice", ACCEPTED, "\"sym\"", "\"sym\":\"AAPL\",\"sym\""),
        changed(
            "nested deeper than is read",
            "application/malformed-json",
            "\"v\"",
            nested(100) + ",\"v\""),
        changed("nested deep", "job/malformed-json", "\"v\"", nested(30) + ",\"v\""),
        changed("name without quotes", "application/malformed-json", "\"o\"", "o"),
        changed("leading zero", "application/malformed-json", "\"o\":10", "\"o\":010"),
        changed(
            "cut off",
            "application/malformed-json",
            ",\"o\":10,\"c\":11,\"h\":12,\"l\":9,\"z\":2,\"s\":START,\"e\":END,\"dv\":\"10.5\"}",
            ""),
        text("null", "application/not-an-object", "null"),
        text("a number", "application/not-an-object", "42"),
        text("a string", "application/not-an-object", "\"A\""),
        text("an array", "application/not-an-object", "[" + EVENT + "]"),
        text("an empty object", "application/missing-ev", "{}"),
        text("nothing", "application/malformed-json", ""),
        changed(
            "one huge event",
            "application/oversize",
            "\"v\"",
            "\"x\":\"" + "y".repeat(10_000_000) + "\",\"v\""),
        changed("time in 1970", "job/too-late", "\"s\":START", "\"s\":1000"));
  }

  /** What is a frame of its own. */
  static List<Poison> frames() {
    return List.of(
        text("an empty array", NOTHING, "[]"),
        text("a blank", "application/malformed-frame", " "),
        text("no JSON", "application/malformed-frame", "<html>502 Bad Gateway</html>"),
        text("no array", "application/malformed-frame", "{\"ev\":\"A\"}"),
        text("a BOM", "application/malformed-frame", "\uFEFF[null]"));
  }

  /** What stands after a good event at the end of a frame that ends too early. */
  static Poison truncated() {
    return text(
        "a frame that ends early",
        "application/malformed-frame",
        "{\"ev\":\"A\",\"sym\":\"MSFT\",\"v\":1");
  }

  /** Values of records that somebody else writes to the raw topic, without any header. */
  static List<Poison> records() {
    return List.of(
        new Poison("no value", "job/malformed-json", null),
        text("an empty value", "job/malformed-json", ""),
        text("no JSON", "job/malformed-json", "\u0001\u0002"),
        text("900 KB", "job/malformed-json", "x".repeat(900_000)),
        text("an array", "job/not-an-object", "[]"),
        text("an object without anything", "job/missing-ev", "{}"),
        text("a heartbeat without a time", "job/bad-time", "{\"ev\":\"heartbeat\",\"t\":null}"),
        new Poison("a symbol that is not UTF-8", "job/invalid-utf-8", latin("M\u00c7FT")),
        new Poison(
            "a text that is not UTF-8",
            "job/invalid-utf-8",
            EVENT.replace("\"z\"", "\"x\":\"\u00ff\",\"z\"").getBytes(ISO_8859_1)),
        changed("no headers at all", ACCEPTED, "MSFT", "OWN1"),
        changed(
            "900 KB that are an event", ACCEPTED, "\"MSFT\"", "\"OWN2\"" + " ".repeat(900_000)));
  }

  /** Values of bars that somebody else writes to the aggregated topic. */
  static List<Poison> rows() {
    String bar =
        """
        {"symbol":"OWN3","start":1772461800000,"end":1772461860000,"open":"1","high":"1","low":"1","close":"1","volume":"1","vwap":"1","trades":1,"seconds":1,"revision":1,"final":true}"""
            .strip();
    return List.of(
        new Poison("no value", "application/malformed-row", null),
        text("an empty value", "application/malformed-row", ""),
        text("no JSON", "application/malformed-row", "bar"),
        text("no field", "application/malformed-row", "{}"),
        text("an array", "application/malformed-row", "[" + bar + "]"),
        text("a quote", "application/malformed-row", bar.replace("OWN3", "O\\\"")),
        text(
            "a price NaN",
            "application/malformed-row",
            bar.replace("\"open\":\"1\"", "\"open\":\"NaN\"")),
        text(
            "a price that is a number",
            "application/malformed-row",
            bar.replace("\"open\":\"1\"", "\"open\":1")),
        text(
            "a price too great",
            "application/malformed-row",
            bar.replace("\"open\":\"1\"", "\"open\":\"" + MANY + "\"")),
        text(
            "a count beyond a long",
            "application/malformed-row",
            bar.replace("\"trades\":1", "\"trades\":" + MANY)),
        text(
            "an end before the start",
            "application/malformed-row",
            bar.replace("1772461860000", "1")),
        text(
            "a revision below 0",
            "application/malformed-row",
            bar.replace("\"revision\":1", "\"revision\":-1")),
        text("more after it", "application/malformed-row", bar + bar),
        text("a row among them", ACCEPTED, bar));
  }

  /** The same in another second. */
  Poison at(long start) {
    return bytes == null || bytes.length == 0
        ? this
        : new Poison(name, fate, at(new String(bytes, ISO_8859_1), start).getBytes(ISO_8859_1));
  }

  boolean isRefused() {
    return fate.contains("/");
  }

  boolean isRefusedByTheJob() {
    return fate.startsWith(JOB);
  }

  /** Whether the feed's event becomes a record of the raw topic. */
  boolean reachesTheJob() {
    return isRefusedByTheJob() || fate.equals(ACCEPTED) || fate.equals(IGNORED);
  }

  /** The reason of the dead letter. */
  String reason() {
    return fate.substring(fate.indexOf('/') + 1);
  }

  private static Poison changed(String name, String fate, String from, String to) {
    if (!EVENT.contains(from)) {
      throw new IllegalArgumentException(name + ": there is no " + from);
    }
    return text(name, fate, EVENT.replace(from, to));
  }

  private static Poison text(String name, String fate, String text) {
    return new Poison(name, fate, text.getBytes(UTF_8));
  }

  private static byte[] latin(String symbol) {
    return EVENT.replace("MSFT", symbol).getBytes(ISO_8859_1);
  }

  private static String nested(int levels) {
    return "\"x\":" + "[".repeat(levels) + "]".repeat(levels);
  }

  private static String at(String text, long start) {
    return text.replace("START", Long.toString(start)).replace("END", Long.toString(start + 1_000));
  }
}
