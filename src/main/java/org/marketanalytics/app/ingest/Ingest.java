package org.marketanalytics.app.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/**
 * What the ingest and the heartbeat route share: the time at the feed, and whether Kafka takes what
 * it sends.
 */
public final class Ingest {
  private final MeterRegistry meters;
  private final String origin;
  private final FeedClock clock = new FeedClock();
  private final Flow flow = new Flow();

  /**
   * One ingest of one process.
   *
   * @param origin what records say about where their events come from: live, backfill or replay
   */
  public Ingest(MeterRegistry meters, String origin) {
    this.meters = meters;
    this.origin = origin;
  }

  public Frames frames() {
    return new Frames(meters, clock, flow, origin);
  }

  /**
   * The heartbeats for the partitions of a topic.
   *
   * @param kafka configuration of a client
   */
  public Heartbeats heartbeats(Map<String, Object> kafka, String topic) {
    return new Heartbeats(
        meters,
        clock,
        flow,
        new PartitionCount(kafka, topic),
        new LastRecords(kafka, topic, origin),
        origin);
  }
}
