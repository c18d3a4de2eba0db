package org.marketanalytics.simulator.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a client asks for: {@code {"action":"subscribe","params":"A.AAPL,T.*"}}. */
record ClientMessage(String action, String params) {
  /** The message in that text; empty if it is none. */
  static Optional<ClientMessage> parse(String text) {
    try (JsonParser parser = Json.FACTORY.createParser(text)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? read(parser) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<ClientMessage> read(JsonParser parser) throws IOException {
    String action = "";
    String params = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_STRING && name.equals("action")) {
        action = parser.getText();
      } else if (value == JsonToken.VALUE_STRING && name.equals("params")) {
        params = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
    return action.isEmpty() ? Optional.empty() : Optional.of(new ClientMessage(action, params));
  }

  /** The pairs of channel and symbol, in their order. */
  List<String> pairs() {
    return Stream.of(params.split(",", -1))
        .map(String::strip)
        .filter(pair -> !pair.isEmpty())
        .toList();
  }
}
