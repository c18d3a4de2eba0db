package org.marketanalytics.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many rows the tables hold. */
record Tables(long bars, long movingAverages) {

  static Tables count(Database database) throws SQLException {
    Credentials reader = database.grafana();
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), reader.user(), reader.password());
        Statement statement = connection.createStatement()) {
      return new Tables(count(statement, "bars"), count(statement, "moving_averages"));
    }
  }

  private static long count(Statement statement, String table) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
