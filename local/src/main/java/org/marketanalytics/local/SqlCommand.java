package org.marketanalytics.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bin/sql}: questions to the demo's database, for machines without a client of MySQL. */
@Command(
    name = "sql",
    description =
        "Asks the demo's database: the statement given, else those on standard input, each ended by a semicolon at the end of a line. Without --write the user may only read.",
    mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {

  private static final int FAILED = 1;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The demo's data folder. Default: target/demo of the project.")
  private Path data;

  @Option(names = "--write", description = "As the user who may change rows, too.")
  private boolean write;

  @Option(
      names = "--interactive",
      hidden = true,
      description = "Ask for each line; given by bin/sql on a terminal.")
  private boolean interactive;

  @Parameters(arity = "0..1", paramLabel = "STATEMENT", description = "One statement.")
  private String statement;

  @Override
  public Integer call() {
    try (Connection connection = connect()) {
      if (statement != null) {
        return run(connection, statement);
      }
      return runAll(connection);
    } catch (IOException | SQLException e) {
      System.err.println("sql: " + firstLine(e));
      return FAILED;
    }
  }

  private Connection connect() throws IOException, SQLException {
    Path folder = data == null ? DemoCommand.defaultData() : data.toAbsolutePath().normalize();
    String url = Connections.read(folder).jdbcUrl();
    Credentials user =
        Database.credentials(folder.resolve("database"), write ? Database.WRITER : Database.READER);
    try {
      return DriverManager.getConnection(url, user.user(), user.password());
    } catch (SQLException e) {
      throw new PartFailedException(
          "the database of %s does not answer; does the demo run? (%s)"
              .formatted(folder, firstLine(e)),
          e);
    }
  }

  private int runAll(Connection connection) throws IOException {
    int exitCode = 0;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    StringBuilder sql = new StringBuilder();
    prompt(sql);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      sql.append(line).append('\n');
      if (line.stripTrailing().endsWith(";")) {
        exitCode = Math.max(exitCode, run(connection, sql.toString()));
        sql.setLength(0);
      }
      prompt(sql);
    }
    if (!sql.toString().isBlank()) {
      exitCode = Math.max(exitCode, run(connection, sql.toString()));
    }
    return exitCode;
  }

  private void prompt(StringBuilder sql) {
    if (interactive) {
      System.out.print(sql.toString().isBlank() ? "sql> " : "  -> ");
      System.out.flush();
    }
  }

  private static int run(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          TextTable.print(rows, System.out);
        }
      } else {
        System.out.printf("(rows changed: %d)%n", statement.getUpdateCount());
      }
      return 0;
    } catch (SQLException e) {
      System.err.println("sql: " + firstLine(e));
      return FAILED;
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
