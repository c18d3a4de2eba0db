package org.marketanalytics.app;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.AcceptAllHeaderFilterStrategy;
import org.marketanalytics.app.backfill.Backfill;
import org.marketanalytics.app.backfill.BackfillHealth;
import org.marketanalytics.app.backfill.BackfillSettings;
import org.marketanalytics.app.backfill.RestKey;
import org.marketanalytics.app.history.Recording;
import org.marketanalytics.app.history.Replay;
import org.marketanalytics.app.ingest.Ingest;
import org.marketanalytics.app.store.Rows;

/** The beans that the routes name. */
public final class Beans implements CamelConfiguration {
  private static final int REQUESTS_AT_A_TIME = 4;
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  @Override
  public void configure(CamelContext context) {
    Registry beans = context.getRegistry();
    MeterRegistry meters = meters(beans);

    String login = value(context, "market.kafka.config");
    Map<String, Object> kafka =
        KafkaClients.configuration(value(context, "market.kafka.brokers"), login);
    context
        .getComponent("kafka", KafkaComponent.class)
        .getConfiguration()
        .setAdditionalProperties(new HashMap<>(KafkaClients.ofFile(login)));
    String rawTopic = value(context, "market.kafka.raw-topic");

    beans.bind("maxInFlightBytes", mebibytes(context, "market.feed.max-in-flight-mib"));
    Ingest ingest =
        new Ingest(
            meters,
            value(context, "market.feed.origin"),
            kafka,
            rawTopic,
            BackfillSettings.rules(key -> value(context, key)));
    beans.bind("everyHeader", new AcceptAllHeaderFilterStrategy());
    beans.bind("frames", ingest.frames());
    beans.bind("heartbeats", ingest.heartbeats());
    bindBackfill(context, meters, ingest);
    Replay replay = new Replay(meters, kafka, rawTopic, value(context, "market.replay.speed"));
    Recording recording = new Recording(meters, value(context, "market.record.folder"));
    beans.bind("recording", Recording.class, recording, null, "close");
    beans.bind("replay", Replay.class, replay, null, "close");
    beans.bind("rows", new Rows(meters));
    beans.bind("deadLetter", new DeadLetter(meters));

    HikariDataSource rows = rows(context);
    beans.bind("dataSource", HikariDataSource.class, rows, null, "close");
    beans.bind("pageSource", HikariDataSource.class, page(context), null, "close");
    beans.bind("schema", HikariDataSource.class, schema(context), null, "close");
    beans.bind("databaseRetry", new DatabaseRetry());
    beans.bind("databaseHealth", new DatabaseHealth(rows));
  }

  private static void bindBackfill(CamelContext context, MeterRegistry meters, Ingest ingest) {
    BackfillSettings settings = BackfillSettings.of(key -> value(context, key));
    Backfill backfill = new Backfill(meters, ingest, settings);
    Registry beans = context.getRegistry();
    beans.bind("backfill", backfill);
    beans.bind("backfillHealth", new BackfillHealth(backfill));
    beans.bind("restKey", new RestKey(value(context, "market.feed.api-key")));
    // the route names an address, even where it follows from the feed's
    context.getPropertiesComponent().addOverrideProperty("market.backfill.url", settings.url());
    ThreadPoolProfile threads = new ThreadPoolProfile("backfill");
    threads.setPoolSize(REQUESTS_AT_A_TIME);
    threads.setMaxPoolSize(REQUESTS_AT_A_TIME);
    context.getExecutorServiceManager().registerThreadPoolProfile(threads);
  }

  /** The one that Camel's own metrics go to, whoever of us comes first. */
  private static MeterRegistry meters(Registry beans) {
    String name = MicrometerConstants.METRICS_REGISTRY_NAME;
    if (beans.lookupByNameAndType(name, MeterRegistry.class) == null) {
      beans.bind(name, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }
    return beans.lookupByNameAndType(name, MeterRegistry.class);
  }

  /** For the user who reads and writes rows. */
  private static HikariDataSource rows(CamelContext context) {
    HikariDataSource rows =
        database(context, "rows", "market.database.user", "market.database.password");
    rows.setMaximumPoolSize(6);
    return rows;
  }

  /**
   * For the live page: however many are open, they wait for each other and not the store for them.
   */
  private static HikariDataSource page(CamelContext context) {
    HikariDataSource page =
        database(context, "page", "market.database.user", "market.database.password");
    page.setMaximumPoolSize(3);
    page.setReadOnly(true);
    return page;
  }

  /** For the user who may change tables; holds no connection while it is not used. */
  private static HikariDataSource schema(CamelContext context) {
    HikariDataSource schema =
        database(
            context,
            "schema",
            "market.database.migration-user",
            "market.database.migration-password");
    schema.setMaximumPoolSize(1);
    schema.setMinimumIdle(0);
    schema.setIdleTimeout(Duration.ofSeconds(10).toMillis());
    // a change of a table takes as long as it takes
    schema.addDataSourceProperty("socketTimeout", 0);
    return schema;
  }

  /**
   * Connects when it is first used, not now: what is not there then is said by the one who needs
   * it.
   */
  private static HikariDataSource database(
      CamelContext context, String name, String user, String password) {
    HikariDataSource database = new HikariDataSource();
    database.setPoolName(name);
    database.setJdbcUrl(value(context, "market.database.url"));
    database.setUsername(value(context, user));
    database.setPassword(value(context, password));
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

  private static long mebibytes(CamelContext context, String key) {
    return Long.parseLong(value(context, key)) * 1024 * 1024;
  }

  private static String value(CamelContext context, String key) {
    return context.resolvePropertyPlaceholders("{{" + key + "}}").strip();
  }
}
