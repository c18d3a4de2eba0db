package org.marketanalytics.app.backfill;

import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Always up: what comes live goes on while a gap is filled. Its message tells of the gap. */
public final class BackfillHealth extends AbstractHealthCheck {
  private final Backfill backfill;

  public BackfillHealth(Backfill backfill) {
    super("market", "backfill");
    this.backfill = backfill;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder answer, Map<String, Object> options) {
    answer.up();
    backfill
        .oldest()
        .ifPresent(
            gap -> {
              String from = Instant.ofEpochMilli(gap.fromMillis()).toString();
              String to = Instant.ofEpochMilli(gap.toMillis()).toString();
              String trouble = backfill.trouble();
              answer.detail("gap.from", from).detail("gap.to", to);
              answer.message(
                  "events are being fetched from=%s to=%s%s"
                      .formatted(from, to, trouble.isEmpty() ? "" : ": " + trouble));
            });
  }
}
