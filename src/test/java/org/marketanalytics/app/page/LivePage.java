package org.marketanalytics.app.page;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.apache.camel.main.Main;
import org.flywaydb.core.Flyway;
import org.marketanalytics.local.Credentials;
import org.marketanalytics.local.Database;
import org.marketanalytics.local.DatabaseProduct;

/** The application with the page's routes alone, on a database of its own. */
final class LivePage implements AutoCloseable {
  private static final String PUT_BAR =
      """
      REPLACE INTO bars (symbol, bar_start, bar_end, open, high, low, close, volume, vwap, trades, seconds,
        revision, final, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, 1200.25, 181.5123, 34, 12, ?, ?, UTC_TIMESTAMP(3))
      """;
  private static final String PUT_AVERAGE =
      """
      REPLACE INTO moving_averages (symbol, window_start, window_end, avg_open, avg_high, avg_low, avg_close,
        seconds, revision, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, 57, ?, UTC_TIMESTAMP(3))
      """;

  private final Database database;
  private final Main application;
  private final String address;
  private final HttpClient http = HttpClient.newHttpClient();

  private LivePage(Database database, Main application, String address) {
    this.database = database;
    this.application = application;
    this.address = address;
  }

  static LivePage start(Path directory, DatabaseProduct product) throws Exception {
    Database database = Database.start(directory, 0, product);
    try {
      Credentials migration = database.migration();
      Flyway.configure()
          .dataSource(database.jdbcUrl(), migration.user(), migration.password())
          .load()
          .migrate();
      int port = freePort();
      Main application = new Main();
      application.addOverrideProperty(
          "camel.main.routes-include-pattern", "file:" + home().resolve("routes/page.camel.yaml"));
      application.addOverrideProperty("camel.server.port", Integer.toString(port));
      application.addOverrideProperty("market.database.url", database.jdbcUrl());
      application.addOverrideProperty("market.database.user", database.writer().user());
      application.addOverrideProperty("market.database.password", database.writer().password());
      application.start();
      return new LivePage(database, application, "http://127.0.0.1:" + port + "/");
    } catch (Exception e) {
      database.close();
      throw e;
    }
  }

  /** The project's folder. */
  static Path home() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("routes"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  String address() {
    return address;
  }

  Database database() {
    return database;
  }

  /**
   * Asks for a path below the page's address, with its query already encoded, such as {@code
   * api/symbols}.
   */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return ask("GET", path);
  }

  CompletableFuture<HttpResponse<String>> getAsync(String path) {
    return http.sendAsync(request("GET", path), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
    return http.send(request(method, path), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .method(method, HttpRequest.BodyPublishers.noBody())
        .build();
  }

  void putBars(List<Bar> bars) throws SQLException {
    try (Connection connection = writer();
        PreparedStatement statement = connection.prepareStatement(PUT_BAR)) {
      connection.setAutoCommit(false);
      for (Bar bar : bars) {
        statement.setString(1, bar.symbol());
        statement.setObject(2, utc(bar.start()));
        statement.setObject(3, utc(bar.start().plusSeconds(60)));
        statement.setBigDecimal(4, new BigDecimal(bar.open()));
        statement.setBigDecimal(5, bar.high());
        statement.setBigDecimal(6, bar.low());
        statement.setBigDecimal(7, new BigDecimal(bar.close()));
        statement.setLong(8, bar.revision());
        statement.setBoolean(9, bar.ended());
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
    }
  }

  void putAverage(String symbol, Instant end, String open, long revision) throws SQLException {
    putAverages(symbol, List.of(end), open, revision);
  }

  /** Averages of which each is a tenth above the one before: open, high, low, close. */
  void putAverages(String symbol, List<Instant> ends, String open, long revision)
      throws SQLException {
    try (Connection connection = writer();
        PreparedStatement statement = connection.prepareStatement(PUT_AVERAGE)) {
      connection.setAutoCommit(false);
      for (Instant end : ends) {
        statement.setString(1, symbol);
        statement.setObject(2, utc(end.minusSeconds(60)));
        statement.setObject(3, utc(end));
        for (int i = 0; i < 4; i++) {
          statement.setBigDecimal(4 + i, new BigDecimal(open).add(BigDecimal.valueOf(i, 1)));
        }
        statement.setLong(8, revision);
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
    }
  }

  void clear() throws SQLException {
    try (Connection connection = writer();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM bars");
      statement.executeUpdate("DELETE FROM moving_averages");
    }
  }

  /** One of those that the page itself reads through. */
  Connection reader() throws SQLException {
    return application.lookup("pageSource", DataSource.class).getConnection();
  }

  Connection writer() throws SQLException {
    return connect(database.writer());
  }

  Connection migration() throws SQLException {
    return connect(database.migration());
  }

  private Connection connect(Credentials who) throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl() + "&rewriteBatchedStatements=true", who.user(), who.password());
  }

  @Override
  public void close() {
    application.stop();
    database.close();
  }

  private static LocalDateTime utc(Instant time) {
    return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
