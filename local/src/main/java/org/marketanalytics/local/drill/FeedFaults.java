package org.marketanalytics.local.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What goes wrong between the feed and the application. */
final class FeedFaults {

  private static final Duration PERIOD = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration RECONNECTED_BOUND = Duration.ofSeconds(30);
  private static final Duration REST_FAULT = Duration.ofSeconds(15);
  private static final List<String> HOW = List.of("close", "abort", "half_open");

  private FeedFaults() {}

  /** A lost link every three seconds; each met one that delivered. */
  static long drops(Market market, int times) throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      long next = System.nanoTime() + PERIOD.toNanos();
      awaitLink(market);
      market.fault("{\"fault\":\"drop\",\"how\":\"%s\"}".formatted(HOW.get(i % HOW.size())));
      Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
    }
    awaitLink(market);
    return System.nanoTime();
  }

  /** Keeps the link away for longer than the lateness, and what the gap is filled from, too. */
  static long rest(Market market) throws IOException, InterruptedException {
    long seconds = REST_FAULT.toSeconds();
    market.fault("{\"fault\":\"refuse\",\"how\":\"handshake\",\"for\":%d}".formatted(seconds));
    market.fault("{\"fault\":\"drop\",\"how\":\"abort\"}");
    Thread.sleep(REST_FAULT.toMillis());
    for (String answer : List.of("429", "500", "slow")) {
      market.fault("{\"fault\":\"rest\",\"answer\":\"%s\",\"for\":%d}".formatted(answer, seconds));
      Thread.sleep(REST_FAULT.toMillis());
    }
    return System.nanoTime();
  }

  private static void awaitLink(Market market) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + RECONNECTED_BOUND.toNanos();
    long before = market.framesSent();
    while (market.framesSent() == before) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "the application did not connect again within " + RECONNECTED_BOUND.toSeconds() + " s");
      }
      Thread.sleep(POLL.toMillis());
    }
  }
}
