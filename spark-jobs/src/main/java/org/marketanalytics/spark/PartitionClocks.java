package org.marketanalytics.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.marketanalytics.aggregation.Progress;

/**
 * Where the clock of each partition stands; a batch tells it for those that it has read. Replayed
 * events are as old as they are, so their clocks say nothing here.
 */
final class PartitionClocks {
  private final Map<Integer, Long> millis = new ConcurrentHashMap<>();

  void take(BatchTally batch) {
    for (LaneTally lane : batch.lanes()) {
      if (!Lanes.isReplay(lane.lane()) && lane.clockMillis() != Progress.NOT_STARTED) {
        millis.put(lane.lane(), lane.clockMillis());
      }
    }
  }

  /** How far the clock that is furthest is behind the wall clock (ms); 0 before the first event. */
  long leastLagMillis() {
    long now = System.currentTimeMillis();
    return now - millis.values().stream().mapToLong(Long::longValue).max().orElse(now);
  }

  /**
   * How far the clock that is least far is behind the wall clock (ms); 0 before the first event.
   */
  long mostLagMillis() {
    long now = System.currentTimeMillis();
    return now - millis.values().stream().mapToLong(Long::longValue).min().orElse(now);
  }
}
