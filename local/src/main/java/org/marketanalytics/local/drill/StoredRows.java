package org.marketanalytics.local.drill;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.marketanalytics.local.Database;

/** What the database holds; each question has a connection of its own, as servers come and go. */
final class StoredRows {

  private static final String MILLIS = "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', %s) DIV 1000";

  private StoredRows() {}

  /** All rows of both tables. */
  static List<Row> all(Database database) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      read(statement, Row.Table.BARS, "bars", "bar_start", "bar_end", rows);
      read(
          statement,
          Row.Table.MOVING_AVERAGES,
          "moving_averages",
          "window_start",
          "window_end",
          rows);
    }
    return rows;
  }

  /** The end of the newest moving average, in ms; empty when there is none. */
  static OptionalLong newestWindowEnd(Database database) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT " + MILLIS.formatted("MAX(window_end)") + " FROM moving_averages")) {
      row.next();
      long millis = row.getLong(1);
      return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(millis);
    }
  }

  private static void read(
      Statement statement, Row.Table table, String name, String start, String end, List<Row> rows)
      throws SQLException {
    String sql =
        "SELECT symbol, %s, %s, %s FROM %s"
            .formatted(
                MILLIS.formatted(start),
                MILLIS.formatted(end),
                String.join(", ", table.columns()),
                name);
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (String column : table.columns()) {
          values.add(value(result, column));
        }
        rows.add(new Row(table, result.getString(1), result.getLong(2), result.getLong(3), values));
      }
    }
  }

  private static String value(ResultSet result, String column) throws SQLException {
    if (column.equals("final")) {
      return Boolean.toString(result.getBoolean(column));
    }
    return Row.canonical(String.valueOf(result.getBigDecimal(column)));
  }

  private static Connection connect(Database database) throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.grafana().user(), database.grafana().password());
  }
}
