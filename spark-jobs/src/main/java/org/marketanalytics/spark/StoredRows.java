package org.marketanalytics.spark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads the tables of a MySQL or MariaDB server; SELECT on both is all that the user must have. */
final class StoredRows {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /** Most queries that a table is read by; of these as many run at a time as there are cores. */
  private static final int MOST_SLICES = 64;

  private static final DateTimeFormatter DATETIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private final String url;
  private final Properties properties = new Properties();

  StoredRows(String url, String user, String password) {
    this.url = url;
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("driver", "com.mysql.cj.jdbc.Driver");
    // without a cursor the driver takes a whole answer into memory before the first row
    properties.setProperty("useCursorFetch", "true");
    properties.setProperty("fetchsize", "10000");
  }

  /**
   * Makes sure that both tables can be read.
   *
   * @throws StartException when they cannot
   */
  void requireReadable() {
    for (StoredTable table : StoredTable.values()) {
      try (Connection connection = DriverManager.getConnection(url, properties);
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery("SELECT * FROM " + table.query() + " WHERE 1 = 0")) {
        row.next();
      } catch (SQLException e) {
        throw new StartException(
            "--database-url=%s: %s cannot be read: %s"
                .formatted(url.replaceAll("\\?.*", ""), table.table(), Failure.sentence(e)),
            e);
      }
    }
  }

  /**
   * Rows with the columns of {@link StoredTable#of}.
   *
   * @param firstMillis least key time
   * @param behindMillis first key time that is not read any more
   * @param denseMillis from here on the rows are spread over the days; before it there are few
   */
  Dataset<Row> read(
      SparkSession spark,
      StoredTable table,
      long firstMillis,
      long behindMillis,
      long denseMillis) {
    String[] slices = slices(firstMillis, behindMillis, denseMillis).toArray(String[]::new);
    return table.typed(spark.read().jdbc(url, table.query(), slices, properties));
  }

  /**
   * Whole UTC days, as the tables' own partitions are, so that no two queries read the same one.
   */
  static List<String> slices(long firstMillis, long behindMillis, long denseMillis) {
    long start = Math.max(firstMillis, Math.min(denseMillis, behindMillis));
    long days = Math.floorDiv(behindMillis - 1, DAY_MILLIS) - Math.floorDiv(start, DAY_MILLIS) + 1;
    long width = Math.max(1, (days + MOST_SLICES - 1) / MOST_SLICES) * DAY_MILLIS;
    List<String> slices = new ArrayList<>();
    long from = firstMillis;
    long cut = Math.floorDiv(start, DAY_MILLIS) * DAY_MILLIS + width;
    while (cut < behindMillis) {
      slices.add(slice(from, cut));
      from = cut;
      cut += width;
    }
    slices.add(slice(from, behindMillis));
    return slices;
  }

  private static String slice(long from, long behind) {
    return "key_time >= '%s' AND key_time < '%s'".formatted(datetime(from), datetime(behind));
  }

  private static String datetime(long millis) {
    return DATETIME.format(Instant.ofEpochMilli(millis));
  }
}
