package org.marketanalytics.simulator.feed;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Counts the requests of each key against the limit. */
final class RequestRate {
  private static final long SECOND = 1_000_000_000L;

  private final RestLimit limit;
  private final LongSupplier nanos;
  private final Map<String, ArrayDeque<Long>> accepted = new HashMap<>();

  /**
   * @param nanos the time as {@link System#nanoTime()} tells it
   */
  RequestRate(RestLimit limit, LongSupplier nanos) {
    this.limit = limit;
    this.nanos = nanos;
  }

  /**
   * Counts a request.
   *
   * @return 0 if it may be answered, else after how many seconds the next one may; refused requests
   *     do not count
   */
  synchronized long take(String key) {
    if (limit.requests() == 0) {
      return 0;
    }
    long now = nanos.getAsLong();
    long window = limit.window().toNanos();
    ArrayDeque<Long> times = accepted.computeIfAbsent(key, unknown -> new ArrayDeque<>());
    while (!times.isEmpty() && now - times.peek() >= window) {
      times.remove();
    }
    if (times.size() < limit.requests()) {
      times.add(now);
      return 0;
    }
    return Math.floorDiv(times.element() + window - now + SECOND - 1, SECOND);
  }
}
