package org.marketanalytics.simulator.feed;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.marketanalytics.simulator.market.Cluster;

/**
 * Answers {@code /v3/trades/…} with the trades that were made, whether a client got them or not, as
 * far back as {@link TradeHistory} reaches.
 *
 * <p>A result names the fields of the event ({@code T}; {@code XT} of crypto) otherwise and gives
 * times in nanoseconds, though the feed's are whole milliseconds: {@code conditions} c, {@code
 * exchange} x, {@code id} i, {@code participant_timestamp} pt, {@code price} p, {@code
 * sequence_number} q, {@code sip_timestamp} t, {@code size} s, {@code decimal_size} ds (text, of
 * stocks), {@code tape} z, {@code trf_id} trfi, {@code trf_timestamp} trft. For crypto {@code t} is
 * {@code participant_timestamp}. What the event leaves out the result leaves out.
 */
final class TradesEndpoint {
  private static final long NANOS_OF_A_MILLI = 1_000_000;

  private final List<Feed> feeds;

  TradesEndpoint(Collection<Feed> feeds) {
    this.feeds = List.copyOf(feeds);
  }

  /**
   * The page of results; {@code order} is {@code desc} if none is asked for.
   *
   * @param base scheme, host and port that the address of the next page begins with
   */
  Answer answer(TradesRequest request, String base) {
    List<TradeHistory.Kept> trades = trades(request);
    if (!request.ascending()) {
      Collections.reverse(trades);
    }
    trades.removeIf(trade -> !request.isNext(trade));
    List<TradeHistory.Kept> page = trades.subList(0, Math.min(trades.size(), request.limit()));
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("results");
      for (TradeHistory.Kept trade : page) {
        write(json, trade.json());
      }
      json.writeEndArray();
      json.writeStringField("status", "OK");
      json.writeStringField("request_id", Answer.requestId());
      if (page.size() < trades.size()) {
        json.writeStringField("next_url", base + request.next(page.get(page.size() - 1)));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Answer.ok(text.toString());
  }

  private List<TradeHistory.Kept> trades(TradesRequest request) {
    boolean pair = request.ticker().startsWith("X:");
    for (Feed feed : feeds) {
      Optional<Integer> symbol =
          feed.symbols()
              .find(
                  known ->
                      pair
                          ? Cluster.CRYPTO.restTicker(known).equals(request.ticker())
                          : known.equals(request.ticker()));
      if (symbol.isPresent()) {
        return feed.trades().find(symbol.get(), request.fromNanos(), request.toNanos());
      }
    }
    return new ArrayList<>();
  }

  private static void write(JsonGenerator json, byte[] event) throws IOException {
    json.writeStartObject();
    try (JsonParser parser = Json.FACTORY.createParser(event)) {
      boolean pair = false;
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        pair |= name.equals("pair");
        switch (name) {
          case "c" -> {
            json.writeFieldName("conditions");
            json.copyCurrentStructure(parser);
          }
          case "x" -> number(json, "exchange", parser);
          case "i" -> json.writeStringField("id", parser.getText());
          case "pt" -> nanos(json, "participant_timestamp", parser);
          case "p" -> number(json, "price", parser);
          case "q" -> number(json, "sequence_number", parser);
          case "t" -> nanos(json, pair ? "participant_timestamp" : "sip_timestamp", parser);
          case "s" -> number(json, "size", parser);
          case "ds" -> json.writeStringField("decimal_size", parser.getText());
          case "z" -> number(json, "tape", parser);
          case "trfi" -> number(json, "trf_id", parser);
          case "trft" -> nanos(json, "trf_timestamp", parser);
          default -> parser.skipChildren();
        }
      }
    }
    json.writeEndObject();
  }

  /** Writes a number as the event has it, digit for digit. */
  private static void number(JsonGenerator json, String name, JsonParser parser)
      throws IOException {
    json.writeFieldName(name);
    json.writeNumber(parser.getText());
  }

  private static void nanos(JsonGenerator json, String name, JsonParser parser) throws IOException {
    json.writeNumberField(name, parser.getLongValue() * NANOS_OF_A_MILLI);
  }
}
