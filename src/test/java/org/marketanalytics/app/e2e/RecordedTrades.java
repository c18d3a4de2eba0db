package org.marketanalytics.app.e2e;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Trades of a few symbols as a feed sends them: with sale conditions, several at once, fractions of
 * a share, several in one millisecond, in disorder of some seconds, and some sent twice. Second
 * aggregates with other numbers lie between them, which no row may be made of.
 */
final class RecordedTrades {

  private static final List<String> SYMBOLS = List.of("AAPL", "BRK.A", "TSLA");

  /** Many are regular; each of the others forbids something, alone or together. */
  private static final List<String> CONDITIONS =
      List.of(
          "", "", "", "", "14,41", "37", "37", "12,37", "10", "10,41", "17", "5", "15", "16", "38",
          "10,38", "2", "22", "999", "7,38", "29");

  private record Sent(long atMillis, String event) {}

  private final Random random;
  private final MarketEvents events;
  private final Instant start;
  private final int seconds;
  private final List<Sent> sent = new ArrayList<>();
  private int id;

  RecordedTrades(long seed, Instant start, int seconds) {
    this.random = new Random(seed);
    this.events = new MarketEvents(random);
    this.start = start;
    this.seconds = seconds;
  }

  /** The events in the order in which they are sent, one JSON object each. */
  List<String> events() {
    for (int second = 0; second < seconds; second++) {
      long from = start.plusSeconds(second).toEpochMilli();
      for (String symbol : SYMBOLS) {
        for (int i = random.nextInt(10); i > 0; i--) {
          addTrade(symbol, from + random.nextInt(250) * 4L);
        }
        sent.add(new Sent(from + 1_000, events.second(symbol, from)));
      }
    }
    sent.sort(Comparator.comparingLong(Sent::atMillis));
    return sent.stream().map(Sent::event).toList();
  }

  private void addTrade(String symbol, long at) {
    String trade = trade(symbol, at);
    sent.add(new Sent(at + (random.nextInt(5) == 0 ? random.nextInt(10_000) : 0), trade));
    if (random.nextInt(20) == 0) {
      sent.add(new Sent(at + random.nextInt(10_000), trade));
    }
  }

  private String trade(String symbol, long at) {
    boolean fraction = random.nextInt(3) == 0;
    BigDecimal size =
        BigDecimal.valueOf(1 + random.nextInt(fraction ? 999_999 : 500), fraction ? 6 : 0);
    String conditions = CONDITIONS.get(random.nextInt(CONDITIONS.size()));
    boolean offExchange = random.nextInt(4) == 0;
    id++;
    return String.format(
        Locale.ROOT,
        "{\"ev\":\"T\",\"sym\":\"%s\",\"i\":\"%s\",\"x\":%d,\"p\":%s,\"s\":%d%s%s,\"t\":%d,\"q\":%d,\"z\":3%s}",
        symbol,
        // ids repeat on another exchange or facility, and are not always numbers
        random.nextInt(10) == 0 ? "F" + id : Integer.toString(id / 4),
        offExchange ? 4 : 10 + id % 4,
        BigDecimal.valueOf(1_800_000 + random.nextInt(20_000), 4),
        size.longValue(),
        fraction || random.nextBoolean() ? ",\"ds\":\"" + size.toPlainString() + "\"" : "",
        conditions.isEmpty() ? "" : ",\"c\":[" + conditions + "]",
        at,
        1_000_000 - id,
        offExchange ? ",\"trfi\":" + (201 + id % 4) + ",\"trft\":" + at : "");
  }
}
