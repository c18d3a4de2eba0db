package org.marketanalytics.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the newest moving averages again and again, as any client could, and hands them to {@link
 * Freshness}.
 *
 * <p>Each read covers the last ten seconds, each tenth the whole horizon and what stalled symbols
 * are behind, so that a late row is seen with at most a second's error. Of a market with more than
 * {@value #SYMBOLS} symbols, the first ones are watched.
 */
final class FreshnessProbe implements AutoCloseable {

  private static final int SYMBOLS = 200;
  private static final int LONG_READ_EVERY = 10;
  private static final Duration PERIOD = Duration.ofMillis(50);

  /** Rows that are older show that the pipeline runs, but not that it keeps up. */
  private static final Duration UP_TO_DATE = Duration.ofSeconds(3);

  private static final Duration SHORT_READ = Duration.ofSeconds(10);
  private static final Duration RECENT_BARS = Duration.ofMinutes(5);
  private static final Duration SYMBOLS_PERIOD = Duration.ofSeconds(5);

  private final Database database;
  private final Freshness freshness;
  private final Thread thread = new Thread(this::run, "freshness");
  private volatile boolean closed;
  private volatile boolean sawNewRow;
  private volatile boolean failed;

  FreshnessProbe(Database database, Freshness freshness) {
    this.database = database;
    this.freshness = freshness;
    thread.setDaemon(true);
  }

  FreshnessProbe start() {
    thread.start();
    return this;
  }

  /** True once a row has been read that ended no longer ago than {@link #UP_TO_DATE}. */
  boolean sawNewRow() {
    return sawNewRow;
  }

  /** True when the database could no longer be read. */
  boolean hasFailed() {
    return failed;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    try (Connection connection =
        DriverManager.getConnection(
            database.jdbcUrl() + "&useServerPrepStmts=true",
            database.grafana().user(),
            database.grafana().password())) {
      watch(connection);
    } catch (InterruptedException e) {
      // closed
    } catch (SQLException e) {
      failed = !closed;
      if (!closed && !ChildProcess.isShuttingDown()) {
        System.err.println("demo: freshness is no longer measured: " + e.getMessage());
      }
    }
  }

  private void watch(Connection connection) throws SQLException, InterruptedException {
    Set<String> symbols = new LinkedHashSet<>(); // one that is watched stays so
    long symbolsReadAt = 0;
    for (long round = 0; !closed; round++) {
      long now = System.currentTimeMillis();
      if (symbols.size() < SYMBOLS
          && (symbols.isEmpty() || now - symbolsReadAt > SYMBOLS_PERIOD.toMillis())) {
        for (String symbol : symbols(connection, now)) {
          if (symbols.size() < SYMBOLS) {
            symbols.add(symbol);
          }
        }
        symbolsReadAt = now;
        freshness.watch(symbols, now);
      }
      if (!symbols.isEmpty()) {
        boolean longRead = round % LONG_READ_EVERY == 0;
        Duration span = longRead ? Freshness.HORIZON : SHORT_READ;
        if (longRead) {
          readStalled(connection, now);
        }
        readRows(connection, List.copyOf(symbols), now - span.toMillis());
      }
      freshness.settleBefore(now - Freshness.HORIZON.toMillis());
      Thread.sleep(PERIOD.toMillis());
    }
  }

  /** Rows that a stall has kept back for longer than the horizon. */
  private void readStalled(Connection connection, long now) throws SQLException {
    Map<String, Long> behind = freshness.behind(now);
    if (!behind.isEmpty()) {
      long from = Collections.min(behind.values());
      long oldest = now - Freshness.GREATEST.toMillis();
      readRows(connection, List.copyOf(behind.keySet()), Math.max(from, oldest));
    }
  }

  private void readRows(Connection connection, List<String> symbols, long fromMillis)
      throws SQLException {
    String places = String.join(",", Collections.nCopies(symbols.size(), "?"));
    String sql =
        "SELECT symbol, window_end, revision FROM moving_averages"
            + " WHERE window_end >= ? AND symbol IN (%s)".formatted(places);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, utc(fromMillis));
      for (int i = 0; i < symbols.size(); i++) {
        statement.setString(i + 2, symbols.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        long readAtMillis = System.currentTimeMillis();
        while (rows.next()) {
          long windowEnd =
              rows.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC).toEpochMilli();
          freshness.read(rows.getString(1), windowEnd, rows.getLong(3), readAtMillis);
          sawNewRow |= readAtMillis - windowEnd <= UP_TO_DATE.toMillis();
        }
      }
    }
  }

  private static List<String> symbols(Connection connection, long nowMillis) throws SQLException {
    List<String> symbols = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT DISTINCT symbol FROM bars WHERE bar_start >= ? ORDER BY symbol LIMIT "
                + SYMBOLS)) {
      statement.setObject(1, utc(nowMillis - RECENT_BARS.toMillis()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          symbols.add(rows.getString(1));
        }
      }
    }
    return symbols;
  }

  private static LocalDateTime utc(long millis) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }
}
