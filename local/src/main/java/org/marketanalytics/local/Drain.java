package org.marketanalytics.local;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits, at the end of a timed run, until what was sent has gone all the way: onto the raw topic,
 * through the job, onto the aggregated topic, into the database.
 */
final class Drain {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BOUND = Duration.ofMinutes(10);

  /** The consumer group of the application's route that stores. */
  private static final String STORE = "market-store";

  private final Parts parts;
  private final Offsets offsets;
  private final RecordCounter records;
  private final CompletableFuture<String> death;
  private final long deadline = System.nanoTime() + BOUND.toNanos();

  Drain(Parts parts, CompletableFuture<String> death) {
    this.parts = parts;
    this.records = parts.records();
    this.offsets = records.offsets();
    this.death = death;
  }

  /**
   * Returns when all is through; or where it got stuck, when nothing has moved for half a minute, a
   * part has died, or ten minutes are over. Empty: all is through.
   */
  String await() throws IOException, InterruptedException {
    if (parts.simulator() != null && !until(this::allOnRawTopic, this::rawRecords)) {
      return "events that were sent did not all arrive on " + Topics.RAW;
    }
    Map<TopicPartition, Long> raw = offsets.ends(List.of(Topics.RAW));
    if (!until(() -> Offsets.reached(jobPositions(), raw), () -> sum(jobPositions()))) {
      return "the job did not reach the end of " + Topics.RAW;
    }
    Map<TopicPartition, Long> aggregated = offsets.ends(List.of(Topics.AGGREGATED));
    if (!until(
        () -> Offsets.reached(offsets.committed(STORE), aggregated),
        () -> sum(offsets.committed(STORE)))) {
      return "the application did not store all of " + Topics.AGGREGATED;
    }
    Map<TopicPartition, Long> all = offsets.ends(Topics.ALL);
    if (!until(() -> Offsets.reached(records.positions(), all), () -> sum(records.positions()))) {
      return "not all records were counted";
    }
    return "";
  }

  private boolean allOnRawTopic() throws IOException, InterruptedException {
    return rawRecords() >= parts.simulator().stats().wellFormedSent();
  }

  private long rawRecords() {
    return records.count(Topics.RAW);
  }

  private Map<TopicPartition, Long> jobPositions() throws IOException {
    return Offsets.ofJob(parts.job().checkpoint());
  }

  private static long sum(Map<TopicPartition, Long> positions) {
    return positions.values().stream().mapToLong(Long::longValue).sum();
  }

  private boolean until(Condition done, Measure progress) throws IOException, InterruptedException {
    long best = Long.MIN_VALUE;
    long movedAt = System.nanoTime();
    while (!done.holds()) {
      long now = System.nanoTime();
      long measured = progress.value();
      if (measured > best) {
        best = measured;
        movedAt = now;
      }
      if (now - movedAt > PATIENCE.toNanos() || now > deadline || death.isDone()) {
        return false;
      }
      Thread.sleep(POLL.toMillis());
    }
    return true;
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  @FunctionalInterface
  private interface Measure {
    long value() throws IOException, InterruptedException;
  }
}
