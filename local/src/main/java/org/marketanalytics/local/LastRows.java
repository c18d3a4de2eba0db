package org.marketanalytics.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;

/**
 * Waits, after the market's end, until nothing can change a row any more: the heartbeats have moved
 * the job's clock past the last averages, which end a minute after the last bar, and the lateness.
 */
final class LastRows {

  /** Of a second the minute may have just begun; its last average ends a minute after that. */
  private static final Duration AVERAGES = Duration.ofMinutes(1);

  /** What it takes beyond the lateness, twice. */
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
    long last = lastBarEnd() + AVERAGES.plus(lateness).toMillis();
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

  private long lastBarEnd() throws SQLException {
    try (Connection connection = connect(parts.database());
        ResultSet rows =
            connection.createStatement().executeQuery("SELECT MAX(bar_end) FROM bars")) {
      rows.next();
      LocalDateTime end = rows.getObject(1, LocalDateTime.class);
      return end == null ? 0 : end.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
  }

  private static Connection connect(Database database) throws SQLException {
    Credentials reader = database.grafana();
    return DriverManager.getConnection(database.jdbcUrl(), reader.user(), reader.password());
  }
}
