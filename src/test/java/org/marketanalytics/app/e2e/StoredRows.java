package org.marketanalytics.app.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.marketanalytics.local.Database;

/** The rows of the tables as lines of their columns, in the order of the primary key. */
final class StoredRows {

  private static final String BARS =
      """
      SELECT symbol, ROUND(UNIX_TIMESTAMP(bar_start) * 1000), ROUND(UNIX_TIMESTAMP(bar_end) * 1000),
             open, high, low, close, volume, vwap, trades, seconds, revision, final
      FROM bars ORDER BY symbol, bar_start
      """;
  private static final String AVERAGES =
      """
      SELECT symbol, ROUND(UNIX_TIMESTAMP(window_start) * 1000), ROUND(UNIX_TIMESTAMP(window_end) * 1000),
             avg_open, avg_high, avg_low, avg_close, seconds, revision
      FROM moving_averages ORDER BY symbol, window_end
      """;

  private StoredRows() {}

  /** All columns but {@code updated_at}. */
  static List<String> bars(Database database) throws SQLException {
    return query(database, BARS);
  }

  /** All columns but {@code updated_at}. */
  static List<String> averages(Database database) throws SQLException {
    return query(database, AVERAGES);
  }

  /** Each row of an answer as one line, its columns separated by commas. */
  static List<String> query(Database database, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.grafana().user(), database.grafana().password());
        ResultSet result = connection.createStatement().executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          row.add(result.getString(column));
        }
        rows.add(String.join(",", row));
      }
    }
    return rows;
  }
}
