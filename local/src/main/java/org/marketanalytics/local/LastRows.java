package org.marketanalytics.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;

/**
 * Waits, after the market's end, until no row can come or change any more: the heartbeats have
 * moved the job's clock past the last average, which ends a minute after the last event, and past
 * the last bar and the lateness.
 */
final class LastRows {

  /** How long a second is in averages that end after it. */
  private static final Duration AVERAGES = Duration.ofMinutes(1);

  /** The time of an event may be the start of its second. */
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What it takes beyond the lateness, four times. */
  private static final Duration BOUND = Duration.ofMinutes(4);

  private static final Duration POLL = Duration.ofMillis(200);

  private final Parts parts;
  private final Duration lateness;
  private final CompletableFuture<String> death;

  LastRows(Parts parts, Duration lateness, CompletableFuture<String> death) {
    this.parts = parts;
    this.lateness = lateness;
    this.death = death;
  }

  /** The longest wait. */
  static Duration bound(Duration lateness) {
    return lateness.plus(BOUND);
  }

  /**
   * Returns when all rows that there are cannot change any more, or says why not: the clock has not
   * come so far within the bound, or a part has died. Empty: they are the last.
   */
  String await() throws InterruptedException, SQLException {
    long deadline = System.nanoTime() + bound(lateness).toNanos();
    long last =
        Math.max(
            lastBarEnd(parts.database()).plus(lateness).toEpochMilli(),
            parts.records().lastEventMillis() + AVERAGES.plus(SECOND).toMillis());
    while (parts.records().heartbeatMillis() < last) {
      if (System.nanoTime() > deadline || death.isDone()) {
        return "the heartbeats did not reach the time at which the last rows cannot change any more";
      }
      Thread.sleep(POLL.toMillis());
    }
    return "";
  }

  /** How many bars are final. */
  static long finalBars(Database database) throws SQLException {
    try (Connection connection = connect(database);
        ResultSet rows =
            connection.createStatement().executeQuery("SELECT COUNT(*) FROM bars WHERE final")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** No row ends after this: that of the last average at the latest. */
  static Instant end(Database database) throws SQLException {
    return lastBarEnd(database).plus(AVERAGES);
  }

  private static Instant lastBarEnd(Database database) throws SQLException {
    try (Connection connection = connect(database);
        ResultSet rows =
            connection.createStatement().executeQuery("SELECT MAX(bar_end) FROM bars")) {
      rows.next();
      LocalDateTime end = rows.getObject(1, LocalDateTime.class);
      return end == null ? Instant.EPOCH : end.toInstant(ZoneOffset.UTC);
    }
  }

  private static Connection connect(Database database) throws SQLException {
    Credentials reader = database.grafana();
    return DriverManager.getConnection(database.jdbcUrl(), reader.user(), reader.password());
  }
}
