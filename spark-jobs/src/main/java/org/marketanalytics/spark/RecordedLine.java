package org.marketanalytics.spark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a recorded line, an event or a frame of events, into its events, byte for byte. */
final class RecordedLine {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final long SECOND_MILLIS = 1_000;

  /**
   * A part of a line; what is no event has neither ev nor symbol, and is left to the aggregation to
   * refuse.
   *
   * @param endMillis when the event ends, as the aggregation reads it; 0 when it tells no time
   */
  @SuppressWarnings("ArrayRecordComponent") // the bytes are handed on, not compared
  record Part(String ev, byte[] symbol, long endMillis, byte[] json) {}

  private String ev;
  private String sym;
  private String pair;
  private long start;
  private long time;

  /** The parts of the line in their order; none of a blank line. */
  List<Part> split(byte[] line, int length) {
    List<Part> parts = new ArrayList<>();
    int done = 0;
    try (JsonParser parser = JSON.createParser(line, 0, length)) {
      JsonToken token = parser.nextToken();
      if (token != null && parser.currentTokenLocation().getByteOffset() < 0) {
        return List.of(whole(line, 0, length)); // of UTF-16 the parser tells no places
      }
      boolean frame = token == JsonToken.START_ARRAY;
      if (frame) {
        token = parser.nextToken();
      }
      while (token != null && token != JsonToken.END_ARRAY) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        read(parser, token);
        done = (int) parser.currentLocation().getByteOffset();
        parts.add(part(Arrays.copyOfRange(line, from, done)));
        token = parser.nextToken();
        if (!frame && token != null) {
          return List.of(whole(line, 0, length)); // something after the event
        }
      }
      if (frame) {
        done = (int) parser.currentLocation().getByteOffset();
        if (parser.nextToken() != null) {
          parts.add(whole(line, done, length)); // something after the frame
        }
      }
    } catch (IOException e) {
      // a frame's events before the fault are whole; the rest of the line is one dead letter
      parts.add(whole(line, done, length));
    }
    return parts;
  }

  private void read(JsonParser parser, JsonToken first) throws IOException {
    ev = null;
    sym = null;
    pair = null;
    start = 0;
    time = 0;
    if (first != JsonToken.START_OBJECT) {
      parser.skipChildren();
      parser.finishToken();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "ev" -> ev = text(parser, value);
        case "sym" -> sym = text(parser, value);
        case "pair" -> pair = text(parser, value);
        case "s" -> start = integer(parser, value);
        case "t" -> time = integer(parser, value);
        default -> parser.skipChildren();
      }
      parser.finishToken();
    }
  }

  private Part part(byte[] json) {
    String symbol = sym == null || sym.isEmpty() ? pair : sym;
    boolean second = "A".equals(ev) || "XAS".equals(ev) || "CAS".equals(ev);
    return new Part(
        ev,
        symbol == null || symbol.isEmpty() ? null : symbol.getBytes(StandardCharsets.UTF_8),
        second ? start - start % SECOND_MILLIS + SECOND_MILLIS : time,
        json);
  }

  private static Part whole(byte[] line, int from, int length) {
    return new Part(null, null, 0, Arrays.copyOfRange(line, from, length));
  }

  private static String text(JsonParser parser, JsonToken value) throws IOException {
    parser.skipChildren();
    return value == JsonToken.VALUE_STRING ? parser.getText() : null;
  }

  /** What is too long for a time is refused by the aggregation. */
  private static long integer(JsonParser parser, JsonToken value) throws IOException {
    parser.skipChildren();
    return value == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        ? parser.getLongValue()
        : 0;
  }
}
