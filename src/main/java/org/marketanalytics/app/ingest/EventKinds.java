package org.marketanalytics.app.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The kinds of event that were met: the bytes of their names, and how many of each are on the raw
 * topic.
 */
final class EventKinds {
  private static final int MOST = 64;

  private final MeterRegistry meters;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, byte[]> names = new ConcurrentHashMap<>();

  EventKinds(MeterRegistry meters) {
    this.meters = meters;
  }

  /** The name as UTF-8; not to be changed. */
  byte[] name(String ev) {
    byte[] known = names.get(ev);
    if (known != null) {
      return known;
    }
    byte[] name = ev.getBytes(StandardCharsets.UTF_8);
    if (names.size() < MOST) {
      names.put(ev, name);
    }
    return name;
  }

  /** Counts events; beyond a number of kinds that no feed has, all others are one. */
  void count(String ev, int events) {
    String kind = counters.containsKey(ev) || counters.size() < MOST ? ev : "other";
    counters.computeIfAbsent(kind, this::counter).increment(events);
  }

  private Counter counter(String ev) {
    return Counter.builder("market.events.ingested")
        .description("events that are on the raw topic")
        .tag("ev", ev)
        .register(meters);
  }
}
