package org.marketanalytics.app.backfill;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A page of a REST answer.
 *
 * @param events of its results
 * @param next path and query of the page after it
 * @param unusable how many results no event can be made of
 */
record Page(List<RestEvent> events, Optional<String> next, int unusable) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  /**
   * Reads the JSON of an answer.
   *
   * @param symbol as the feed spells it
   * @throws IOException when it is no JSON object, or its next page has no address
   */
  static Page read(InputStream answer, String symbol, ResultReader reader) throws IOException {
    JsonNode page = JSON.readTree(answer);
    if (!page.isObject()) {
      throw new IOException("the answer is not a JSON object");
    }
    List<RestEvent> events = new ArrayList<>();
    int unusable = 0;
    for (JsonNode result : page.path("results")) {
      try {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        long millis = reader.read(result, symbol, event);
        events.add(new RestEvent(millis, JSON.writeValueAsBytes(event)));
      } catch (IllegalArgumentException e) {
        unusable++;
      }
    }
    return new Page(events, next(page.path("next_url").asText("")), unusable);
  }

  /** Without host, as the key goes to no other than the configured one, and without any key. */
  private static Optional<String> next(String url) throws IOException {
    if (url.isBlank()) {
      return Optional.empty();
    }
    try {
      URI next = URI.create(url);
      String query =
          Arrays.stream(Optional.ofNullable(next.getRawQuery()).orElse("").split("&", -1))
              .filter(parameter -> !parameter.startsWith("apiKey="))
              .collect(Collectors.joining("&"));
      return Optional.of(next.getRawPath() + (query.isEmpty() ? "" : "?" + query));
    } catch (IllegalArgumentException e) {
      throw new IOException("next_url is not an address", e);
    }
  }
}
