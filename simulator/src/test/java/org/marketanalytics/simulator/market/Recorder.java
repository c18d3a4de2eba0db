package org.marketanalytics.simulator.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Takes down what a market sends. */
final class Recorder implements MarketSink {
  static final Instant START = Instant.parse("2026-11-20T15:00:00Z");

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final Predicate<Channel> wanted;
  private final JsonBytes json = new JsonBytes(1_000);
  private final List<String> events = new ArrayList<>();
  private final List<Bar> bars = new ArrayList<>();

  Recorder(Predicate<Channel> wanted) {
    this.wanted = wanted;
  }

  static Recorder ofEverything() {
    return new Recorder(channel -> true);
  }

  static MarketSettings settings(Cluster cluster, int symbols, int rate) {
    return new MarketSettings(
        cluster, 42, symbols, rate, 0, false, Optional.empty(), Duration.ofMillis(100));
  }

  @Override
  public boolean wants(Channel channel, int instrument) {
    return wanted.test(channel);
  }

  @Override
  public JsonBytes begin(Channel channel, int instrument, long timeMillis) {
    json.truncate(0);
    return json;
  }

  @Override
  public void end() {
    events.add(json.toString());
  }

  @Override
  public void sent(Channel channel, Bar bar) {
    bars.add(bar);
  }

  /** The events as they were written. */
  List<String> events() {
    return events;
  }

  /** The aggregates, wanted or not. */
  List<Bar> bars() {
    return bars;
  }

  /** The events of a channel, parsed. */
  List<JsonNode> events(String channel) {
    return events.stream()
        .map(Recorder::parsed)
        .filter(event -> event.get("ev").asText().equals(channel))
        .toList();
  }

  static JsonNode parsed(String event) {
    try {
      return MAPPER.readTree(event);
    } catch (JsonProcessingException e) {
      throw new AssertionError(event, e);
    }
  }
}
