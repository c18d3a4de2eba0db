package org.marketanalytics.app;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.Processor;
import org.apache.camel.PropertyInject;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.marketanalytics.app.ingest.Frames;
import org.marketanalytics.app.ingest.Heartbeats;
import org.marketanalytics.app.ingest.Ingest;
import org.marketanalytics.app.store.Rows;

/** The beans that the routes name. */
public final class Beans implements CamelConfiguration {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private Ingest ingest;

  @PropertyInject("market.feed.origin")
  public void setOrigin(String origin) {
    ingest = new Ingest(meters, origin);
  }

  @BindToRegistry(MicrometerConstants.METRICS_REGISTRY_NAME)
  public MeterRegistry meters() {
    return meters;
  }

  /** The rows, for the user who reads and writes them. */
  @BindToRegistry(value = "dataSource", destroyMethod = "close")
  public HikariDataSource dataSource(
      @PropertyInject("market.database.url") String url,
      @PropertyInject("market.database.user") String user,
      @PropertyInject("market.database.password") String password) {
    HikariDataSource rows = database("rows", url, user, password);
    rows.setMaximumPoolSize(6);
    return rows;
  }

  /**
   * The tables themselves, for the user who may change them; holds no connection while it is not
   * used.
   */
  @BindToRegistry(value = "schema", destroyMethod = "close")
  public HikariDataSource schema(
      @PropertyInject("market.database.url") String url,
      @PropertyInject("market.database.migration-user") String user,
      @PropertyInject("market.database.migration-password") String password) {
    HikariDataSource schema = database("schema", url, user, password);
    schema.setMaximumPoolSize(1);
    schema.setMinimumIdle(0);
    schema.setIdleTimeout(Duration.ofSeconds(10).toMillis());
    // a change of a table takes as long as it takes
    schema.addDataSourceProperty("socketTimeout", 0);
    return schema;
  }

  @BindToRegistry("frames")
  public Frames frames() {
    return ingest.frames();
  }

  @BindToRegistry("heartbeats")
  public Heartbeats heartbeats(
      @PropertyInject("market.kafka.brokers") String brokers,
      @PropertyInject("market.kafka.raw-topic") String topic) {
    return ingest.heartbeats(brokers, topic);
  }

  @BindToRegistry("rows")
  public Rows rows() {
    return new Rows(meters);
  }

  @BindToRegistry("deadLetter")
  public DeadLetter deadLetter() {
    return new DeadLetter(meters);
  }

  @BindToRegistry("databaseRetry")
  public Processor databaseRetry() {
    return new DatabaseRetry();
  }

  @BindToRegistry("databaseHealth")
  public DatabaseHealth databaseHealth() {
    return new DatabaseHealth();
  }

  /**
   * Connects when it is first used, not now: what is not there then is said by the one who needs
   * it.
   */
  private static HikariDataSource database(String name, String url, String user, String password) {
    HikariDataSource database = new HikariDataSource();
    database.setPoolName(name);
    database.setJdbcUrl(url);
    database.setUsername(user);
    database.setPassword(password);
    database.setInitializationFailTimeout(-1);
    database.setConnectionTimeout(CONNECT.toMillis());
    database.setValidationTimeout(Duration.ofSeconds(1).toMillis());
    database.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    database.setConnectionInitSql("SET time_zone = '+00:00'");
    database.addDataSourceProperty("connectionTimeZone", "UTC");
    database.addDataSourceProperty("connectTimeout", CONNECT.toMillis());
    database.addDataSourceProperty("socketTimeout", ANSWER.toMillis());
    return database;
  }
}
