package org.marketanalytics.app.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.marketanalytics.local.Credentials;
import org.marketanalytics.local.Database;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Runs every query of the dashboards and alert rules as Grafana would, on a real database with two
 * days of rows.
 */
class DashboardSqlIT {
  private static final int SYMBOLS = 20;
  private static final int MINUTES = 2 * 24 * 60;
  private static final int ROWS_A_STATEMENT = 2_000;
  private static final long RANGE_SECONDS = 6 * 3600;

  /** Far above what six hours of a symbol or one jump a symbol need, far below a table. */
  private static final long MOST_READS = SYMBOLS * MINUTES / 10;

  private static final Pattern TIME_FILTER = Pattern.compile("\\$__timeFilter\\((\\w+)\\)");
  private static final Pattern TIME_GROUP =
      Pattern.compile("\\$__timeGroupAlias\\((\\w+), \\$__interval\\)");

  private static Database database;
  private static Connection grafana;

  /** A query and where it stands. */
  record Query(String place, String sql) {
    @Override
    public String toString() {
      return place;
    }
  }

  @BeforeAll
  static void fillADatabase(@TempDir Path directory) throws Exception {
    database = Database.start(directory, 0);
    Credentials migration = database.migration();
    Flyway.configure()
        .dataSource(database.jdbcUrl(), migration.user(), migration.password())
        .locations("classpath:db/migration")
        .load()
        .migrate();
    try (Connection connection = connect(migration);
        Statement statement = connection.createStatement()) {
      statement.execute("CALL keep_partitions('bars', 400, 7)");
      statement.execute("CALL keep_partitions('moving_averages', 400, 7)");
      fill(statement);
      statement.execute("ANALYZE TABLE bars, moving_averages");
    }
    grafana = connect(database.grafana());
  }

  @AfterAll
  static void stop() throws SQLException {
    if (grafana != null) {
      grafana.close();
    }
    if (database != null) {
      database.close();
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void findsRows(Query query) throws SQLException {
    try (Statement statement = grafana.createStatement();
        ResultSet rows = statement.executeQuery(query.sql())) {
      assertThat(rows.next()).as("a row of:%n%s", query.sql()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void readsFewRows(Query query) throws SQLException {
    // MariaDB, where MySQL does not run, reads the range where MySQL jumps from symbol to symbol
    assumeThat(database.product()).startsWith("MySQL");
    long before = reads();
    try (Statement statement = grafana.createStatement();
        ResultSet rows = statement.executeQuery(query.sql())) {
      while (rows.next()) {
        // to the last row, as Grafana does
      }
    }

    assertThat(reads() - before)
        .as("rows and index entries read by:%n%s", query.sql())
        .isLessThan(MOST_READS);
  }

  @ParameterizedTest
  @MethodSource("queries")
  void scansNoTable(Query query) throws SQLException {
    List<String> scans = new ArrayList<>();
    try (Statement statement = grafana.createStatement();
        ResultSet plan = statement.executeQuery("EXPLAIN " + query.sql())) {
      while (plan.next()) {
        String table = plan.getString("table");
        boolean stored = table != null && !table.startsWith("<");
        if (stored && List.of("ALL", "index").contains(plan.getString("type"))) {
          scans.add(table);
        }
      }
    }

    assertThat(scans).as("tables read as a whole by:%n%s", query.sql()).isEmpty();
  }

  static List<Query> queries() throws IOException {
    Path folder = project().resolve("grafana");
    List<Query> queries = new ArrayList<>();
    try (Stream<Path> dashboards = Files.list(folder.resolve("dashboards"))) {
      for (Path dashboard :
          dashboards.filter(file -> file.toString().endsWith(".json")).sorted().toList()) {
        addOfDashboard(dashboard, queries);
      }
    }
    addOfRules(folder.resolve("provisioning/alerting/rules.yaml"), queries);
    assertThat(queries).isNotEmpty();
    return queries;
  }

  private static void addOfDashboard(Path file, List<Query> queries) throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
    for (JsonNode variable : dashboard.at("/templating/list")) {
      String place = "%s variable %s".formatted(file.getFileName(), variable.path("name").asText());
      queries.add(new Query(place, withoutMacros(variable.path("query").asText())));
    }
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String place =
            "%s panel %s %s"
                .formatted(
                    file.getFileName(),
                    panel.path("title").asText(),
                    target.path("refId").asText());
        queries.add(new Query(place, withoutMacros(target.path("rawSql").asText())));
      }
    }
  }

  private static void addOfRules(Path file, List<Query> queries) throws IOException {
    Object rules = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    addRawSql(file.getFileName().toString(), rules, queries);
  }

  private static void addRawSql(String place, Object node, List<Query> queries) {
    if (node instanceof Map<?, ?> map) {
      String inside = map.get("title") instanceof String title ? place + " " + title : place;
      if (map.get("rawSql") instanceof String sql) {
        queries.add(new Query(inside, withoutMacros(sql)));
      }
      map.values().forEach(value -> addRawSql(inside, value, queries));
    } else if (node instanceof List<?> list) {
      list.forEach(value -> addRawSql(place, value, queries));
    }
  }

  /**
   * What Grafana's MySQL data source makes of its macros and of a variable with one symbol chosen.
   */
  private static String withoutMacros(String sql) {
    long to = Instant.now().getEpochSecond();
    String filter =
        "$1 BETWEEN FROM_UNIXTIME(%d) AND FROM_UNIXTIME(%d)".formatted(to - RANGE_SECONDS, to);
    String plain = TIME_FILTER.matcher(sql).replaceAll(filter);
    plain = TIME_GROUP.matcher(plain).replaceAll("UNIX_TIMESTAMP($1) DIV 30 * 30 AS \"time\"");
    plain = plain.replace("$symbol", "'SYM7'");
    assertThat(plain).as("a macro that this test does not know").doesNotContain("$");
    return plain;
  }

  private static Connection connect(Credentials user) throws SQLException {
    Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), user.user(), user.password());
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET time_zone = '+00:00'"); // as the provisioned data source does
    }
    return connection;
  }

  private static long reads() throws SQLException {
    long reads = 0;
    try (Statement statement = grafana.createStatement();
        ResultSet status = statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler_read%'")) {
      while (status.next()) {
        reads += status.getLong(2);
      }
    }
    return reads;
  }

  /**
   * Two days of minutes up to now: all bars final but the last, which would be right without any
   * alert.
   */
  private static void fill(Statement statement) throws SQLException {
    LocalDateTime now =
        LocalDateTime.ofInstant(Instant.now(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
    List<String> bars = new ArrayList<>();
    List<String> averages = new ArrayList<>();
    for (int minute = MINUTES - 1; minute >= 0; minute--) {
      LocalDateTime start = now.minusMinutes(minute + 1);
      LocalDateTime end = start.plusMinutes(1);
      for (int symbol = 0; symbol < SYMBOLS; symbol++) {
        String times = "('SYM%d', '%s', '%s', ".formatted(symbol, start, end);
        bars.add(
            times
                + "181.52, 181.6, 181.4, 181.55, 1200.25, 181.5123, 34, 12, 1, %b, '%s')"
                    .formatted(minute > 0, end));
        averages.add(times + "181.52, 181.6, 181.4, 181.55, 57, 1, '%s')".formatted(end));
      }
    }
    insert(statement, "bars", bars);
    insert(statement, "moving_averages", averages);
  }

  private static void insert(Statement statement, String table, List<String> rows)
      throws SQLException {
    for (int from = 0; from < rows.size(); from += ROWS_A_STATEMENT) {
      StringJoiner values = new StringJoiner(", ");
      rows.subList(from, Math.min(rows.size(), from + ROWS_A_STATEMENT)).forEach(values::add);
      statement.executeUpdate("INSERT INTO " + table + " VALUES " + values);
    }
  }

  private static Path project() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("routes"))
        || !Files.exists(folder.resolve("pom.xml"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
