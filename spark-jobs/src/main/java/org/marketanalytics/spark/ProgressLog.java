package org.marketanalytics.spark;

import java.time.Duration;
import org.apache.spark.sql.Row;
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

  private final long everyNanos;
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
    Row metrics = event.progress().observedMetrics().get(MarketAggregation.METRICS);
    if (event.progress().numInputRows() == 0 || metrics == null) {
      return;
    }
    batches++;
    records += event.progress().numInputRows();
    busyMillis += event.progress().batchDuration();
    bars += metrics.getLong(0);
    averages += metrics.getLong(1);
    deadLetters += metrics.getLong(2);
    late += metrics.getLong(3);
    accepted += longOr(metrics, 4, 0);
    ignored += longOr(metrics, 5, 0);
    if (System.nanoTime() - since >= everyNanos) {
      log(metrics);
    }
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {
    LOG.info("query ended batches_since_last_line={} records={}", batches, records);
  }

  private void log(Row metrics) {
    long now = System.currentTimeMillis();
    LOG.info(
        "progress batches={} records={} accepted={} ignored={} bars={} averages={} dead_letters={} late={} busy_ms={} clock_lag_ms={}..{}",
        batches,
        records,
        accepted,
        ignored,
        bars,
        averages,
        deadLetters,
        late,
        busyMillis,
        now - longOr(metrics, 7, now),
        now - longOr(metrics, 6, now));
    since = System.nanoTime();
    batches = 0;
    records = 0;
    accepted = 0;
    ignored = 0;
    bars = 0;
    averages = 0;
    deadLetters = 0;
    late = 0;
    busyMillis = 0;
  }

  private static long longOr(Row row, int column, long otherwise) {
    return row.isNullAt(column) ? otherwise : row.getLong(column);
  }
}
