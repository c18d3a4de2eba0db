package org.marketanalytics.spark;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one line each few seconds: what was read, written and refused, and how far the clocks are
 * behind.
 */
final class ProgressLog extends StreamingQueryListener {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);
  private static final long serialVersionUID = 1L;
  private static final int SYMBOLS_SHOWN = 5;

  private final long everyNanos;
  private final transient PartitionClocks clocks = new PartitionClocks();
  private final transient Map<String, Long> lateBySymbol = new HashMap<>();
  private long since = System.nanoTime();
  private long batches;
  private long records;
  private long accepted;
  private long ignored;
  private long bars;
  private long averages;
  private long deadLetters;
  private long late;
  private long busyMillis;

  ProgressLog(Duration every) {
    this.everyNanos = every.toNanos();
  }

  @Override
  public void onQueryStarted(QueryStartedEvent event) {
    since = System.nanoTime();
  }

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    if (event.progress().numInputRows() == 0) {
      return;
    }
    BatchTally batch = BatchTally.of(event.progress());
    batches++;
    records += batch.records();
    busyMillis += event.progress().batchDuration();
    bars += batch.sum(LaneTally::bars);
    averages += batch.sum(LaneTally::averages);
    deadLetters += batch.deadLetters();
    late += batch.late();
    accepted += batch.sum(LaneTally::accepted);
    ignored += batch.sum(LaneTally::ignored);
    clocks.take(batch);
    batch
        .lanes()
        .forEach(
            lane ->
                lane.late().forEach((symbol, count) -> Symbols.add(lateBySymbol, symbol, count)));
    if (System.nanoTime() - since >= everyNanos) {
      log();
    }
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {
    LOG.info("query ended batches_since_last_line={} records={}", batches, records);
  }

  private void log() {
    LOG.info(
        "progress batches={} records={} accepted={} ignored={} bars={} averages={} dead_letters={} late={}{} busy_ms={} clock_lag_ms={}..{}",
        batches,
        records,
        accepted,
        ignored,
        bars,
        averages,
        deadLetters,
        late,
        lateBySymbol.isEmpty() ? "" : " late_most=" + most(lateBySymbol),
        busyMillis,
        clocks.leastLagMillis(),
        clocks.mostLagMillis());
    since = System.nanoTime();
    batches = 0;
    records = 0;
    accepted = 0;
    ignored = 0;
    bars = 0;
    averages = 0;
    deadLetters = 0;
    late = 0;
    lateBySymbol.clear();
    busyMillis = 0;
  }

  /** The symbols with the most late events, such as {@code AAPL:12,MSFT:3}. */
  static String most(Map<String, Long> late) {
    return late.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(SYMBOLS_SHOWN)
        .map(symbol -> symbol.getKey() + ":" + symbol.getValue())
        .collect(Collectors.joining(","));
  }
}
