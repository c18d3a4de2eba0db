package org.marketanalytics.app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables, brought to the version that this application writes. */
final class Schema {
  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
  private static final String CONNECT_MILLIS = "5000";

  private final Settings settings;

  Schema(Settings settings) {
    this.settings = settings;
  }

  /**
   * Applies the migrations that are missing.
   *
   * @throws CannotStart when no database answers, a user is refused or a migration fails
   */
  void migrate() {
    connect("market.database.migration-user", "market.database.migration-password");
    try {
      int applied =
          Flyway.configure()
              .dataSource(
                  settings.value("market.database.url"),
                  settings.value("market.database.migration-user"),
                  settings.value("market.database.migration-password"))
              .locations("classpath:db/migration")
              .load()
              .migrate()
              .migrationsExecuted;
      LOG.info("tables up to date migrations_applied={}", applied);
    } catch (FlywayException e) {
      throw unreachable("the tables cannot be made: " + OneLine.of(OneLine.root(e)));
    }
    connect("market.database.user", "market.database.password");
  }

  private void connect(String userKey, String passwordKey) {
    Properties properties = new Properties();
    properties.setProperty("user", settings.value(userKey));
    properties.setProperty("password", settings.value(passwordKey));
    properties.setProperty("connectTimeout", CONNECT_MILLIS);
    try (Connection connection =
        DriverManager.getConnection(settings.value("market.database.url"), properties)) {
      LOG.debug("connected catalog={}", connection.getCatalog());
    } catch (SQLException e) {
      String state = e.getSQLState() == null ? "" : e.getSQLState();
      if (state.startsWith("28")) {
        throw CannotStart.unreachable(
            userKey,
            settings.value(userKey),
            "the database refuses this user; check %s and %s".formatted(userKey, passwordKey));
      }
      if (state.startsWith("42")) {
        throw unreachable("the database refuses: " + OneLine.of(e));
      }
      throw unreachable("no database answers there: " + OneLine.of(OneLine.root(e)));
    }
  }

  private CannotStart unreachable(String cause) {
    return CannotStart.unreachable(
        "market.database.url", Setting.shown(settings.value("market.database.url")), cause);
  }
}
