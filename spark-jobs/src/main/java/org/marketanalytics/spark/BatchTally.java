package org.marketanalytics.spark;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/**
 * What one batch did. Spark reports it once the batch is committed, and each task once however
 * often it was tried.
 *
 * @param lanes one for each partition with records in the batch
 */
record BatchTally(List<LaneTally> lanes) {

  /** What a batch reported; without any partition when it reported nothing. */
  static BatchTally of(StreamingQueryProgress progress) {
    Row metrics = progress.observedMetrics().get(MarketAggregation.METRICS);
    List<LaneTally> lanes =
        metrics == null
            ? List.of()
            : metrics.<String>getList(0).stream().map(LaneTally::of).toList();
    return new BatchTally(lanes);
  }

  long sum(ToLongFunction<LaneTally> count) {
    return lanes.stream().mapToLong(count).sum();
  }

  /** Dead letters, whatever their reason. */
  long deadLetters() {
    return sum(lane -> total(lane.deadLetters()));
  }

  /** Records that were read, whatever became of them. */
  long records() {
    return sum(lane -> lane.accepted() + lane.ignored() + lane.repeated()) + deadLetters();
  }

  /** Events that came too late. */
  long late() {
    return sum(lane -> total(lane.late()));
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
