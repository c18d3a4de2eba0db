package org.marketanalytics.app.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the ingest and the heartbeat route share: the time at the feed, whether Kafka takes what it
 * sends, and what is missing.
 */
public final class Ingest {
  private final MeterRegistry meters;
  private final String origin;
  private final FeedClock clock = new FeedClock();
  private final Flow flow = new Flow();
  private final SeenSymbols seen = new SeenSymbols();
  private final Gaps gaps;
  private final Beginning beginning;
  private final Beats beats;

  /**
   * One ingest of one process.
   *
   * @param origin what records say about where their events come from: live or replay
   * @param kafka configuration of a client
   * @param topic the raw topic
   */
  public Ingest(
      MeterRegistry meters,
      String origin,
      Map<String, Object> kafka,
      String topic,
      GapRules rules) {
    this.meters = meters;
    this.origin = origin;
    this.gaps = new Gaps(meters, rules);
    this.beginning = new Beginning(new LastRecords(kafka, topic, origin), clock, gaps);
    this.beats = new Beats(new PartitionCount(kafka, topic), origin);
  }

  public Frames frames() {
    return new Frames(
        meters, clock, flow, new FrameGaps(gaps, beginning, beats, clock), seen, origin);
  }

  public Heartbeats heartbeats() {
    return new Heartbeats(meters, clock, flow, gaps, beginning, beats);
  }

  public Gaps gaps() {
    return gaps;
  }

  /** The symbols of this run's events, and of the last ones of the run before. */
  public Set<String> symbols() {
    Set<String> symbols = new TreeSet<>(beginning.symbols());
    symbols.addAll(seen.all());
    return symbols;
  }
}
