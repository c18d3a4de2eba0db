package org.marketanalytics.aggregation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The fields of one event, read in one pass without a tree. What a field means depends on {@code
 * ev}, which may come last, so a pass only notes each field's text; the same object is used for
 * record after record.
 */
final class Fields {
  /** Longest value (bytes) that is looked at; an event has some hundred. */
  static final int MOST_BYTES = 1 << 20;

  /** Known fields, by the names of the feed. */
  enum Field {
    EV("ev"),
    SYM("sym"),
    PAIR("pair"),
    O("o"),
    H("h"),
    L("l"),
    C("c"),
    V("v"),
    DV("dv"),
    VW("vw"),
    Z("z"),
    S("s"),
    E("e"),
    T("t"),
    P("p"),
    DS("ds"),
    X("x"),
    I("i"),
    Q("q"),
    TRFI("trfi"),
    COMPLETE("complete");

    private final String text;

    Field(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }

    /** The field of this name, or null; a switch, as this runs for every name of every event. */
    static Field named(String name) {
      return switch (name) {
        case "ev" -> EV;
        case "sym" -> SYM;
        case "pair" -> PAIR;
        case "o" -> O;
        case "h" -> H;
        case "l" -> L;
        case "c" -> C;
        case "v" -> V;
        case "dv" -> DV;
        case "vw" -> VW;
        case "z" -> Z;
        case "s" -> S;
        case "e" -> E;
        case "t" -> T;
        case "p" -> P;
        case "ds" -> DS;
        case "x" -> X;
        case "i" -> I;
        case "q" -> Q;
        case "trfi" -> TRFI;
        case "complete" -> COMPLETE;
        default -> null;
      };
    }
  }

  /** What kind of JSON value a field has. */
  enum Kind {
    ABSENT,
    NUMBER,
    TEXT,
    ARRAY,
    OTHER
  }

  /** Where a field's text lies. */
  private static final class Slot {
    private Kind kind = Kind.ABSENT;
    private int start;
    private int length;

    private void clear() {
      kind = Kind.ABSENT;
      start = 0;
      length = 0;
    }
  }

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // so that a NaN is reported as the bad price it is
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(1_000).maxNestingDepth(20).build())
          .build();
  private final Map<Field, Slot> slots = new EnumMap<>(Field.class);

  /** The event itself, or copies of its texts where it is no flat object. */
  private byte[] text;

  private byte[] copies = new byte[512];
  private int used;

  /** Half a character ({@code U+D800}) must not become a question mark, which is a symbol's. */
  private final CharsetEncoder utf8 =
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .replaceWith("\uFFFD".getBytes(StandardCharsets.UTF_8));

  private int[] conditions = new int[8];
  private int conditionCount;

  Fields() {
    for (Field field : Field.values()) {
      slots.put(field, new Slot());
    }
    text = copies;
  }

  /** Reads the event that stands there; the bytes are looked at until the next one is read. */
  void read(byte[] json, int from, int length) throws Rejection {
    clear();
    if (length == 0) {
      throw new Rejection(
          Reason.MALFORMED_JSON, "the record has no value; an event is a JSON object");
    }
    if (length > MOST_BYTES) {
      throw new Rejection(
          Reason.OVERSIZE,
          "the value has %,d bytes; an event has at most %,d".formatted(length, MOST_BYTES));
    }
    if (!FlatObject.read(json, from, length, this)) {
      readAny(json, from, length);
    }
  }

  /** Reads one event as whatever JSON it is. */
  void readAny(byte[] json, int from, int length) throws Rejection {
    clear();
    if (!isUtf8(json, from, length)) {
      throw new Rejection(Reason.INVALID_UTF_8, "the value is not UTF-8");
    }
    try (JsonParser parser = JSON.createParser(json, from, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Rejection(Reason.NOT_AN_OBJECT, "the value is JSON but not an object");
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        note(Field.named(name), parser.nextToken(), parser);
      }
      if (parser.nextToken() != null) {
        throw new Rejection(Reason.MALFORMED_JSON, "the value goes on after its object");
      }
    } catch (IOException e) {
      throw new Rejection(Reason.MALFORMED_JSON, "the value is not JSON: " + firstLine(e));
    }
  }

  private void clear() {
    slots.values().forEach(Slot::clear);
    text = copies;
    used = 0;
    conditionCount = 0;
  }

  Kind kind(Field field) {
    return slots.get(field).kind;
  }

  /** The text of a field as it was sent; empty when it is absent or neither number nor text. */
  String text(Field field) {
    Slot slot = slots.get(field);
    return new String(text, slot.start, slot.length, StandardCharsets.UTF_8);
  }

  /** Whether the field is this text in ASCII. */
  boolean isText(Field field, String wanted) {
    Slot slot = slots.get(field);
    return slot.kind == Kind.TEXT
        && FlatObject.is(wanted, text, slot.start, slot.start + slot.length);
  }

  /** The field's text when it is JSON text and not empty, else null. */
  String nonEmptyText(Field field) {
    Slot slot = slots.get(field);
    return slot.kind == Kind.TEXT && slot.length > 0 ? text(field) : null;
  }

  /** The field's text as a decimal, as {@link Decimals#parse} returns it, whatever its kind. */
  long decimal(Field field) {
    Slot slot = slots.get(field);
    return Decimals.parse(text, slot.start, slot.length);
  }

  /** The field as a whole number of 0 or more, or -1 when it is anything else. */
  long integer(Field field) {
    Slot slot = slots.get(field);
    if (slot.kind != Kind.NUMBER || slot.length > 18) {
      return -1;
    }
    long value = 0;
    for (int i = slot.start; i < slot.start + slot.length; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** The sale conditions; numbers that cannot be one are -1. */
  int[] conditions() {
    return Arrays.copyOf(conditions, conditionCount);
  }

  /** Notes the ASCII text of a field, where it stands in the event. */
  void note(Field field, Kind kind, byte[] json, int from, int end) {
    text = json;
    Slot slot = slots.get(field);
    slot.kind = kind;
    slot.start = from;
    slot.length = end - from;
  }

  /** Notes that the sale conditions follow. */
  void noteConditions() {
    slots.get(Field.C).clear();
    slots.get(Field.C).kind = Kind.ARRAY;
    conditionCount = 0;
  }

  void addCondition(int condition) {
    if (conditionCount == conditions.length) {
      conditions = Arrays.copyOf(conditions, conditionCount * 2);
    }
    conditions[conditionCount++] = condition;
  }

  private void note(Field field, JsonToken token, JsonParser parser) throws IOException {
    if (field == null) {
      parser.skipChildren();
      return;
    }
    Slot slot = slots.get(field);
    slot.clear();
    slot.kind =
        switch (token) {
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
            copyText(parser, slot);
            yield Kind.NUMBER;
          }
          case VALUE_STRING -> {
            copyText(parser, slot);
            yield Kind.TEXT;
          }
          case START_ARRAY -> {
            noteConditions(field, parser);
            yield Kind.ARRAY;
          }
          case VALUE_NULL -> Kind.ABSENT;
          default -> {
            parser.skipChildren();
            yield Kind.OTHER;
          }
        };
  }

  private void noteConditions(Field field, JsonParser parser) throws IOException {
    if (field != Field.C) {
      parser.skipChildren();
      return;
    }
    conditionCount = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      boolean small = token == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() < 9;
      addCondition(small ? parser.getIntValue() : -1);
      parser.skipChildren();
    }
  }

  /** Puts a text behind those that were copied before. */
  private void copyText(JsonParser parser, Slot slot) throws IOException {
    ByteBuffer copy =
        utf8.encode(
            CharBuffer.wrap(
                parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()));
    slot.start = used;
    slot.length = copy.remaining();
    if (used + slot.length > copies.length) {
      copies = Arrays.copyOf(copies, Math.max(copies.length * 2, used + slot.length));
      text = copies;
    }
    copy.get(copies, used, slot.length);
    used += slot.length;
  }

  private static boolean isUtf8(byte[] json, int from, int length) {
    boolean ascii = true;
    for (int i = from; i < from + length; i++) {
      ascii &= json[i] >= 0;
    }
    if (ascii) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json, from, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String firstLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return Rejection.shown(end < 0 ? message : message.substring(0, end));
  }
}
