package org.marketanalytics.simulator.feed;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.marketanalytics.simulator.market.Channel;

/**
 * What was written to clients, of all clusters together. An event sent to two clients counts twice.
 */
final class Tally {
  private final Map<Channel, Long> events = new EnumMap<>(Channel.class);
  private final LongAdder made = new LongAdder();
  private long malformed;
  private long frames;
  private long lastEventMillis;

  /** Counts events of the market for channels that somebody subscribed to, delivered or not. */
  void made(long events) {
    made.add(events);
  }

  synchronized void written(EventBatch.Frame frame) {
    frame.tally().forEach((channel, count) -> events.merge(channel, (long) count, Long::sum));
    if (frame.tally().isEmpty()) {
      malformed++;
    }
    frames++;
    lastEventMillis = Math.max(lastEventMillis, frame.lastEventMillis());
  }

  synchronized Figures figures() {
    Map<String, Long> byChannel = new TreeMap<>();
    events.forEach((channel, count) -> byChannel.put(channel.name(), count));
    long sum = malformed + events.values().stream().mapToLong(Long::longValue).sum();
    return new Figures(sum, made.sum(), frames, lastEventMillis, byChannel, malformed);
  }

  /**
   * The figures at a moment.
   *
   * @param events all of them, malformed ones too
   * @param made events of the market for channels that somebody subscribed to, delivered or not
   * @param lastEventMillis the greatest event time, 0 before the first event
   * @param byChannel events of the channels that had any
   * @param malformed lines of a replay that are no events and were sent as they are
   */
  record Figures(
      long events,
      long made,
      long frames,
      long lastEventMillis,
      Map<String, Long> byChannel,
      long malformed) {}
}
