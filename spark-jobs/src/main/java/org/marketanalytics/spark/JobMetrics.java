package org.marketanalytics.spark;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/** Counts what committed batches did, and tells whether the query runs. */
final class JobMetrics extends StreamingQueryListener {
  private static final long serialVersionUID = 1L;

  /** RocksDB's files on disk, all partitions together. */
  private static final String STATE_FILE_BYTES = "rocksdbSstFileSize";

  private final transient MeterRegistry meters;
  private final transient Timer batches;
  private final transient PartitionClocks clocks = new PartitionClocks();
  private final transient Map<String, Long> late = new HashMap<>();
  private volatile boolean running;
  private volatile double lastBatchSeconds;
  private volatile double stateMemoryBytes;
  private volatile double stateFileBytes;

  /** Registers everything that has no label of its own, so that a job without work shows zeros. */
  JobMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.batches =
        Timer.builder("market.job.batch.duration")
            .description("batches that were committed")
            .serviceLevelObjectives(
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofMinutes(1))
            .register(meters);
    take(new BatchTally(List.of()));
    gauge(
        "market.job.last.batch.timestamp",
        "seconds",
        "when the last batch was committed, since the epoch; 0 before the first",
        job -> job.lastBatchSeconds);
    gauge(
        "market.job.state.memory",
        "bytes",
        "memory of the state stores, all partitions together",
        job -> job.stateMemoryBytes);
    gauge(
        "market.job.state.files",
        "bytes",
        "files of the state stores, all partitions together",
        job -> job.stateFileBytes);
    lag(
        "market.job.clock.lag.min",
        "how far the furthest partition's clock is behind the wall clock",
        PartitionClocks::leastLagMillis);
    lag(
        "market.job.clock.lag.max",
        "how far the clock of the partition that is least far is behind the wall clock",
        PartitionClocks::mostLagMillis);
  }

  /** Whether the query has started and not ended. */
  boolean running() {
    return running;
  }

  @Override
  public void onQueryStarted(QueryStartedEvent event) {
    running = true;
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {
    running = false;
  }

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    StreamingQueryProgress progress = event.progress();
    if (progress.numInputRows() == 0) {
      return;
    }
    batches.record(progress.batchDuration(), TimeUnit.MILLISECONDS);
    lastBatchSeconds = System.currentTimeMillis() / 1_000.0;
    take(BatchTally.of(progress));
    long memory = 0;
    long files = 0;
    for (StateOperatorProgress state : progress.stateOperators()) {
      memory += state.memoryUsedBytes();
      files += state.customMetrics().getOrDefault(STATE_FILE_BYTES, 0L);
    }
    stateMemoryBytes = memory;
    stateFileBytes = files;
  }

  private void take(BatchTally batch) {
    clocks.take(batch);
    count("market.job.records.read", "records of the raw topic that were read", batch.records());
    countEvents(batch.sum(LaneTally::accepted), "accepted");
    countEvents(batch.sum(LaneTally::ignored), "ignored");
    countEvents(batch.sum(LaneTally::repeated), "repeated");
    countRows(batch.sum(LaneTally::bars), Rows.BAR);
    countRows(batch.sum(LaneTally::averages), Rows.AVERAGE);
    for (LaneTally lane : batch.lanes()) {
      lane.deadLetters().forEach(this::countDeadLetters);
      lane.late().forEach(this::countLate);
    }
  }

  private void countEvents(long count, String outcome) {
    count("market.job.events", "records that are no dead letters", count, "outcome", outcome);
  }

  private void countRows(long count, String type) {
    count("market.job.rows.written", "rows sent to the aggregated topic", count, "type", type);
  }

  private void countDeadLetters(String reason, long count) {
    count("market.job.dead.letters", "records that cannot be used", count, "reason", reason);
  }

  private void countLate(String symbol, long count) {
    String told = Symbols.add(late, symbol, count);
    count("market.job.late.events", "dead letters that came too late", count, "symbol", told);
  }

  private void count(String name, String description, long count, String... labels) {
    Counter.builder(name)
        .description(description)
        .tags(labels)
        .register(meters)
        .increment((double) count);
  }

  private void gauge(
      String name, String unit, String description, ToDoubleFunction<JobMetrics> value) {
    Gauge.builder(name, this, value).baseUnit(unit).description(description).register(meters);
  }

  private void lag(String name, String description, ToDoubleFunction<PartitionClocks> millis) {
    TimeGauge.builder(name, clocks, TimeUnit.MILLISECONDS, millis)
        .description(description)
        .register(meters);
  }
}
