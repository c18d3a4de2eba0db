package org.marketanalytics.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How many rows the tables hold. */
record Tables(long bars, long movingAverages) {

  static Tables count(Database database) throws SQLException {
    return countFrom(database, 0);
  }

  /** Those rows only whose revision is this or a later one. */
  static Tables countFrom(Database database, long revision) throws SQLException {
    Credentials reader = database.grafana();
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), reader.user(), reader.password())) {
      return new Tables(
          count(connection, "SELECT COUNT(*) FROM bars WHERE revision >= ?", revision),
          count(connection, "SELECT COUNT(*) FROM moving_averages WHERE revision >= ?", revision));
    }
  }

  private static long count(Connection connection, String sql, long revision) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, revision);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
