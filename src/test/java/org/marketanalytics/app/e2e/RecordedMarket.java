package org.marketanalytics.app.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Writes a file of events as a feed would have sent them: second aggregates of a few symbols with
 * gaps, seconds that come late, seconds that are sent again with other numbers, trades and minute
 * aggregates between them, fractional volumes, and a few events that cannot be used. The same seed
 * writes the same file.
 */
final class RecordedMarket {

  /** The time of one of the events: in the year 2099. */
  static final String YEARS_AHEAD = "4070908800000";

  private static final List<String> UNUSABLE =
      List.of(
          "{\"ev\":\"A\",\"sym\":\"AAPL\",\"v\":1,\"vw\":1,\"o\":-1,\"c\":1,\"h\":1,\"l\":1,\"z\":1,\"s\":%1$d,\"e\":%2$d}",
          "{\"ev\":\"A\",\"sym\":\"AAPL\",\"v\":1,\"vw\":1,\"o\":1,\"c\":1,\"h\":0.5,\"l\":1,\"z\":1,\"s\":%1$d,\"e\":%2$d}",
          "{\"ev\":\"A\",\"sym\":\"MSFT\",\"v\":1,\"vw\":1,\"o\":1,\"c\":1,\"h\":1,\"l\":1,\"z\":1,\"s\":"
              + YEARS_AHEAD
              + ",\"e\":4070908801000}");

  private static final List<String> SYMBOLS = List.of("AAPL", "BRK.B", "F", "MSFT");

  private final Random random;
  private final MarketEvents events;
  private final Instant start;
  private final int seconds;

  RecordedMarket(long seed, Instant start, int seconds) {
    this.random = new Random(seed);
    this.events = new MarketEvents(random);
    this.start = start;
    this.seconds = seconds;
  }

  /** Writes the events in the order in which they are sent, one JSON object a line. */
  List<String> writeTo(Path file) throws IOException {
    List<String> sent = new ArrayList<>();
    List<String> later = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      long from = start.plusSeconds(second).toEpochMilli();
      for (String symbol : SYMBOLS) {
        if (random.nextInt(100) >= activity(symbol)) {
          continue;
        }
        sent.add(events.trade(symbol, from + random.nextInt(1000)));
        if (random.nextInt(100) < 20) {
          later.add(events.second(symbol, from));
        } else {
          sent.add(events.second(symbol, from));
        }
        if (random.nextInt(100) < 5) {
          later.add(events.second(symbol, from));
        }
      }
      if (second % 7 == 6) {
        sent.addAll(later);
        later.clear();
      }
    }
    sent.addAll(later);
    sent.addAll(sent.size() / 2, unusable(start, seconds));
    Files.write(file, sent);
    return sent;
  }

  /** The events of the file that no row can be made of: two bad prices, and one from 2099. */
  static List<String> unusable(Instant start, int seconds) {
    long middle = start.plusSeconds(seconds / 2).toEpochMilli();
    return UNUSABLE.stream()
        .map(event -> String.format(Locale.ROOT, event, middle, middle + 1000))
        .toList();
  }

  private static int activity(String symbol) {
    return switch (symbol) {
      case "F" -> 10;
      case "BRK.B" -> 40;
      default -> 90;
    };
  }
}
