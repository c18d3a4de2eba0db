package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both products, each where it can be executed. */
@Timeout(180)
class DatabaseIT {

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void givesEachUserTheRightsOfTheDesignAndNoMore(DatabaseProduct product) throws Exception {
    assumeRunsHere(product);
    try (Database database = Database.start(directory, 0, product)) {
      execute(database, database.migration(), "CREATE TABLE bars (symbol VARCHAR(32) PRIMARY KEY)");

      assertThatCode(
              () -> {
                execute(database, database.writer(), "INSERT INTO bars VALUES ('AAPL')");
                execute(database, database.writer(), "UPDATE bars SET symbol = 'MSFT'");
                execute(database, database.writer(), "DELETE FROM bars");
                execute(database, database.grafana(), "SELECT * FROM bars");
              })
          .doesNotThrowAnyException();
      assertDenied(database, database.writer(), "CREATE TABLE mine (id INT)");
      assertDenied(database, database.writer(), "ALTER TABLE bars ADD COLUMN mine INT");
      assertDenied(database, database.writer(), "DROP TABLE bars");
      assertDenied(database, database.grafana(), "INSERT INTO bars VALUES ('AAPL')");
      assertDenied(database, database.grafana(), "DELETE FROM bars");
      assertDenied(database, database.grafana(), "SELECT * FROM mysql.user");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void keepsRowsAndPasswordsOverAKillAndAStopAndARestart(DatabaseProduct product) throws Exception {
    assumeRunsHere(product);
    Credentials before;
    try (Database database = Database.start(directory, 0, product)) {
      before = database.writer();
      execute(database, database.migration(), "CREATE TABLE bars (symbol VARCHAR(32) PRIMARY KEY)");
      execute(database, database.writer(), "INSERT INTO bars VALUES ('AAPL')");
      database.kill();
    }
    try (Database database = Database.start(directory, 0, product)) {
      execute(database, database.writer(), "INSERT INTO bars VALUES ('MSFT')");
    }

    try (Database database = Database.start(directory, 0)) {
      assertThat(database.product()).isEqualToIgnoringCase(productName(product));
      assertThat(database.writer()).isEqualTo(before);
      assertThat(query(database, "SELECT COUNT(*) FROM bars")).isEqualTo("2");
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("passwords.properties"))))
        .isEqualTo("rw-------");
    assertThat(directory.resolve("init.sql")).doesNotExist();
    assertThat(ChildProcess.running()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void speaksUtcAndFourByteUtf8AndIsDurable(DatabaseProduct product) throws Exception {
    assumeRunsHere(product);
    try (Database database = Database.start(directory, 0, product)) {
      assertThat(query(database, "SELECT @@time_zone")).isEqualTo("+00:00");
      assertThat(query(database, "SELECT @@character_set_database")).isEqualTo("utf8mb4");
      assertThat(query(database, "SELECT @@innodb_flush_log_at_trx_commit")).isEqualTo("1");
      assertThat(query(database, "SELECT @@log_bin")).isEqualTo("0");
      assertThat(query(database, "SELECT @@bind_address")).isEqualTo("127.0.0.1");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void refusesAPortThatIsInUse(DatabaseProduct product) throws Exception {
    assumeRunsHere(product);
    try (Database database = Database.start(directory.resolve("one"), 0, product)) {
      assertThatThrownBy(() -> Database.start(directory.resolve("two"), database.port(), product))
          .isInstanceOf(PartFailedException.class)
          .hasMessageContaining("port " + database.port() + " of 127.0.0.1 is in use");
    }
  }

  /** Aborts the test, with the reason, on a machine that cannot execute this product. */
  private void assumeRunsHere(DatabaseProduct product) throws Exception {
    Path probe = Files.createDirectories(directory.resolve("probe"));
    try {
      DatabaseChoice.of(product, probe);
    } catch (PartFailedException e) {
      abort("skipped: " + e.getMessage());
    }
  }

  private static String productName(DatabaseProduct product) {
    return product == DatabaseProduct.MYSQL ? "MySQL 8.0.31" : "MariaDB 11.4.5";
  }

  private static void assertDenied(Database database, Credentials user, String sql) {
    assertThatThrownBy(() -> execute(database, user, sql))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("denied");
  }

  private static void execute(Database database, Credentials user, String sql) throws SQLException {
    try (Connection connection = connect(database, user);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(Database database, String sql) throws SQLException {
    try (Connection connection = connect(database, database.grafana());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(Database database, Credentials user) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), user.user(), user.password());
  }
}
