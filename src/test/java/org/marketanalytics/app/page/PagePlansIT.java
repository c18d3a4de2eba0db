package org.marketanalytics.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.marketanalytics.local.DatabaseProduct;

/**
 * However long the history is, what the page asks each second reads no more than one session, and
 * on MySQL what is asked before a gap is filled jumps from symbol to symbol.
 */
class PagePlansIT {
  private static final int SYMBOLS = 20;
  private static final int MINUTES = 200;
  private static final int SESSION_ROWS = SYMBOLS * MINUTES;
  private static final int DAYS = 6;

  /** A step of a plan that reads one of the two tables. */
  private record Step(String table, String type, String key, long rows, String extra) {}

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(
      value = DatabaseProduct.class,
      names = {"AUTO", "MARIADB"})
  void everyStatementReadsABoundedPartOfAnIndex(DatabaseProduct product) throws Exception {
    try (LivePage page = LivePage.start(directory, product)) {
      // days to come have partitions of their own whatever the time is now
      LocalDate today = LocalDate.now(ZoneOffset.UTC).plusDays(DAYS);
      Instant open = today.atTime(14, 30).toInstant(ZoneOffset.UTC);
      fill(page, open);

      Map<String, String> parameters =
          Map.of(
              "session",
              Long.toString(today.atTime(8, 0).toInstant(ZoneOffset.UTC).toEpochMilli()),
              "symbol",
              "'S03'",
              "from",
              Long.toString(open.plusSeconds(3600).toEpochMilli()),
              "since",
              "0",
              "step",
              "5");
      for (String statement :
          List.of("page-session", "page-symbols", "page-bars", "page-averages")) {
        List<Step> plan = plan(page, statement, parameters);

        assertThat(plan)
            .as("%s on %s", statement, page.database().product())
            .allSatisfy(
                step -> {
                  assertThat(step.type()).isNotEqualToIgnoringCase("ALL");
                  assertThat(step.key()).isNotNull();
                  assertThat(step.rows()).isLessThan(2 * SESSION_ROWS);
                });
      }
      assertThat(plan(page, "page-bars", parameters))
          .extracting(Step::type)
          .containsExactly("range");
      assertThat(plan(page, "page-averages", parameters))
          .extracting(Step::type)
          .containsExactly("range");
      if (page.database().product().startsWith("MySQL")) {
        assertThat(plan(page, "page-symbols", parameters))
            .filteredOn(step -> step.table().equals("bars"))
            .allSatisfy(step -> assertThat(step.extra()).contains("Using index for group-by"));
      }
      assertSymbolsBeforeAGap(page, open);
    }
  }

  private static void assertSymbolsBeforeAGap(LivePage page, Instant open) throws Exception {
    Instant old = open.minus(Duration.ofDays(DAYS - 1));
    page.putBars(List.of(new Bar("OLD", old, "100", "101", 1, true)));
    Map<String, String> parameters =
        Map.of("since", Long.toString(old.plusSeconds(1).getEpochSecond()));

    List<Step> plan = plan(page, "backfill-symbols", parameters);
    assertThat(plan).extracting(Step::key).doesNotContainNull();
    if (page.database().product().startsWith("MySQL")) {
      assertThat(plan)
          .singleElement()
          .satisfies(step -> assertThat(step.extra()).contains("Using index for group-by"));
    }
    assertThat(symbols(page, sql("backfill-symbols", parameters)))
        .hasSize(SYMBOLS)
        .doesNotContain("OLD");
  }

  private static Set<String> symbols(LivePage page, String sql) throws SQLException {
    Set<String> symbols = new HashSet<>();
    try (Connection connection = page.writer();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        symbols.add(rows.getString("symbol"));
      }
    }
    return symbols;
  }

  private static void fill(LivePage page, Instant open) throws SQLException {
    for (String table : List.of("bars", "moving_averages")) {
      try (Connection connection = page.migration();
          Statement statement = connection.createStatement()) {
        statement.execute("CALL keep_partitions('%s', 30, %d)".formatted(table, DAYS + 2));
      }
    }
    for (int day = 1 - DAYS; day <= 0; day++) {
      List<Bar> bars = new ArrayList<>();
      for (int symbol = 0; symbol < SYMBOLS; symbol++) {
        for (int minute = 0; minute < MINUTES; minute++) {
          Instant start = open.plusSeconds(86_400L * day + 60L * minute);
          bars.add(new Bar("S%02d".formatted(symbol), start, "100", "101", 1, true));
        }
      }
      page.putBars(bars);
    }
    try (Connection connection = page.writer();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO moving_averages
          SELECT symbol, bar_start, bar_end, open, high, low, close, seconds, revision, updated_at
          FROM bars
          """);
      statement.execute("ANALYZE TABLE bars, moving_averages");
    }
  }

  private static List<Step> plan(LivePage page, String name, Map<String, String> parameters)
      throws Exception {
    List<Step> plan = new ArrayList<>();
    try (Connection connection = page.writer();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN " + sql(name, parameters))) {
      while (rows.next()) {
        String table = rows.getString("table");
        if (table != null && !table.startsWith("<")) {
          plan.add(
              new Step(
                  table.toLowerCase(Locale.ROOT),
                  rows.getString("type"),
                  rows.getString("key"),
                  rows.getLong("rows"),
                  rows.getString("Extra")));
        }
      }
    }
    return plan;
  }

  private static String sql(String name, Map<String, String> parameters) throws IOException {
    String sql = Files.readString(LivePage.home().resolve("routes/sql/%s.sql".formatted(name)));
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      sql = sql.replace(":?" + parameter.getKey(), parameter.getValue());
    }
    return sql;
  }
}
