package org.marketanalytics.app.e2e;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A whole day of two symbols, 04:00 to 20:00 in New York, in the order in which a feed would send
 * it: second aggregates with quiet spells, busier in the regular session than before and after it;
 * some of them come late, some are sent again with other numbers; trades and minute aggregates lie
 * between them. The same seed makes the same day.
 */
final class RecordedDay {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final LocalTime OPENS = LocalTime.of(4, 0);
  private static final LocalTime REGULAR_OPENS = LocalTime.of(9, 30);
  private static final LocalTime REGULAR_CLOSES = LocalTime.of(16, 0);
  private static final LocalTime CLOSES = LocalTime.of(20, 0);

  private static final int IN_DISORDER_PERMILLE = 220;
  private static final int REPEATED_PERMILLE = 60;
  private static final int LATE_PERMILLE = 13;
  private static final int LONGEST_DELAY_SECONDS = 100;

  /** Later than the lateness even where a symbol has been quiet. */
  private static final int LATE_SECONDS = 420;

  /** An event, and when (ms) it is sent. */
  private record Sent(long atMillis, String event) {}

  private final Random random;
  private final MarketEvents events;
  private final LocalDate day;
  private final List<Sent> sent = new ArrayList<>();

  RecordedDay(long seed, LocalDate day) {
    this.random = new Random(seed);
    this.events = new MarketEvents(random);
    this.day = day;
  }

  /** The events in the order in which they are sent, one JSON object each. */
  List<String> events() {
    add("AAPL", 95, 78);
    add("TSLA", 90, 70);
    sent.sort(Comparator.comparingLong(Sent::atMillis));
    return sent.stream().map(Sent::event).toList();
  }

  private void add(String symbol, int regularPercent, int extendedPercent) {
    int quiet = 0;
    for (long from = at(OPENS); from < at(CLOSES); from += 1_000) {
      boolean regular = from >= at(REGULAR_OPENS) && from < at(REGULAR_CLOSES);
      quiet = quiet == 0 && random.nextInt(2_000) == 0 ? 5 + random.nextInt(175) : quiet;
      if (quiet > 0) {
        quiet--;
      } else if (random.nextInt(100) < (regular ? regularPercent : extendedPercent)) {
        addSecond(symbol, from);
      }
      if (from % 60_000 == 59_000) {
        send(from + 1_000, events.minute(symbol, from - 59_000));
      }
    }
  }

  private void addSecond(String symbol, long from) {
    long end = from + 1_000;
    if (random.nextInt(20) == 0) {
      send(end, events.trade(symbol, from + random.nextInt(1_000)));
    }
    int chance = random.nextInt(1_000);
    if (chance < LATE_PERMILLE) {
      send(end + (LATE_SECONDS + random.nextInt(500)) * 1_000L, events.second(symbol, from));
      // of half of them there is a version in time
      if (random.nextBoolean()) {
        return;
      }
    }
    boolean inOrder = chance >= LATE_PERMILLE + IN_DISORDER_PERMILLE;
    send(inOrder ? end : end + delay(), events.second(symbol, from));
    if (random.nextInt(1_000) < REPEATED_PERMILLE) {
      send(end + delay(), events.second(symbol, from));
    }
  }

  private long delay() {
    return (2 + random.nextInt(LONGEST_DELAY_SECONDS - 2)) * 1_000L;
  }

  private void send(long atMillis, String event) {
    sent.add(new Sent(atMillis, event));
  }

  private long at(LocalTime time) {
    Instant instant = day.atTime(time).atZone(NEW_YORK).toInstant();
    return instant.toEpochMilli();
  }
}
