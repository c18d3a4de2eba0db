package org.marketanalytics.simulator.feed;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Numbers for the symbols of a feed, so that subscriptions are sets of bits. */
final class Symbols {
  private final ConcurrentMap<String, Integer> numbers = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger();

  /** Numbers these symbols from 0 in their order; others follow as they are met. */
  Symbols(List<String> known) {
    known.forEach(this::number);
  }

  /** The number of the first symbol that passes the test. */
  Optional<Integer> find(Predicate<String> test) {
    return numbers.entrySet().stream()
        .filter(symbol -> test.test(symbol.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  int number(String symbol) {
    Integer known = numbers.get(symbol);
    return known != null
        ? known
        : numbers.computeIfAbsent(symbol, unknown -> next.getAndIncrement());
  }
}
