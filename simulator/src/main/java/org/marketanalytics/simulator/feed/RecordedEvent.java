package org.marketanalytics.simulator.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.marketanalytics.simulator.market.Channel;

/**
 * An event of a recorded line.
 *
 * @param channel its channel
 * @param symbol its symbol or pair
 * @param timeMillis its time: of an aggregate the start
 * @param sentMillis when it can have been sent: of an aggregate its end
 * @param from first byte in the line
 * @param to first byte after it
 */
record RecordedEvent(
    Channel channel, String symbol, long timeMillis, long sentMillis, int from, int to) {
  /** Greater than any time in milliseconds before the year 5000: micro- or nanoseconds. */
  private static final long FINER_THAN_MILLIS = 100_000_000_000_000L;

  /** The events of a line, an object or an array of them; empty if anything in it is no event. */
  static Optional<List<RecordedEvent>> parse(byte[] line) {
    List<RecordedEvent> events = new ArrayList<>();
    try (JsonParser parser = Json.FACTORY.createParser(line)) {
      JsonToken first = parser.nextToken();
      boolean array = first == JsonToken.START_ARRAY;
      JsonToken token = array ? parser.nextToken() : first;
      while (token == JsonToken.START_OBJECT) {
        RecordedEvent event = read(parser);
        if (event == null) {
          return Optional.empty();
        }
        events.add(event);
        token = parser.nextToken();
      }
      boolean whole =
          array ? token == JsonToken.END_ARRAY && parser.nextToken() == null : token == null;
      return whole && !events.isEmpty() ? Optional.of(events) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static RecordedEvent read(JsonParser parser) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    Channel channel = null;
    String symbol = null;
    long time = 0;
    long start = 0;
    long end = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_STRING) {
        switch (name) {
          case "ev" -> channel = Channel.named(parser.getText()).orElse(null);
          case "sym", "pair", "T" -> symbol = parser.getText();
          case "p" -> symbol = symbol == null ? parser.getText() : symbol;
          default -> {}
        }
      } else if (value == JsonToken.VALUE_NUMBER_INT) {
        switch (name) {
          case "t" -> time = millis(parser);
          case "s" -> start = millis(parser);
          case "e" -> end = millis(parser);
          default -> {}
        }
      } else {
        parser.skipChildren();
      }
    }
    if (channel == null || symbol == null) {
      return null;
    }
    int to = (int) parser.currentTokenLocation().getByteOffset() + 1;
    long known = time != 0 ? time : start;
    return new RecordedEvent(
        channel, symbol, known, Math.max(known, time != 0 ? 0 : end), from, to);
  }

  private static long millis(JsonParser parser) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      return 0;
    }
    long value = parser.getLongValue();
    while (value > FINER_THAN_MILLIS) {
      value /= 1_000;
    }
    return value;
  }
}
