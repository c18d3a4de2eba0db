package org.marketanalytics.app;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Up while the database answers the user who reads and writes rows. */
public final class DatabaseHealth extends AbstractHealthCheck {
  private static final int PATIENCE_SECONDS = 1;

  private final DataSource rows;

  DatabaseHealth(DataSource rows) {
    super("market", "database");
    this.rows = rows;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder answer, Map<String, Object> options) {
    try (Connection connection = rows.getConnection()) {
      if (connection.isValid(PATIENCE_SECONDS)) {
        answer.up();
      } else {
        answer.down().message("the database does not answer within " + PATIENCE_SECONDS + " s");
      }
    } catch (SQLException e) {
      answer.down().message(OneLine.of(OneLine.root(e)));
    }
  }
}
