package org.marketanalytics.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Which server is started, and why.
 *
 * @param product the product
 * @param server unpacked
 * @param reason a few words for the user
 */
record DatabaseChoice(DatabaseProduct product, DatabaseServer server, String reason) {

  private static final Duration VERSION_BOUND = Duration.ofSeconds(20);

  /**
   * Decides by trying: MySQL's program is executed once, to ask its version. Where that fails (a
   * system library is missing, or there is none for the platform) MariaDB is taken.
   *
   * @param home the database's folder; a product it already holds rows of is preferred
   */
  static DatabaseChoice of(DatabaseProduct wanted, Path home)
      throws IOException, InterruptedException {
    if (wanted != DatabaseProduct.AUTO) {
      return chosen(wanted, "as asked for", home);
    }
    boolean begunWithMariaDb =
        Files.exists(home.resolve(DatabaseProduct.MARIADB.word()))
            && !Files.exists(home.resolve(DatabaseProduct.MYSQL.word()));
    if (begunWithMariaDb) {
      return chosen(DatabaseProduct.MARIADB, "its rows are in " + home, home);
    }
    try {
      return chosen(DatabaseProduct.MYSQL, "its libraries load", home);
    } catch (PartFailedException e) {
      return chosen(DatabaseProduct.MARIADB, "because " + firstLine(e), home);
    }
  }

  private static DatabaseChoice chosen(DatabaseProduct product, String reason, Path home)
      throws IOException, InterruptedException {
    DatabaseServer server = DatabaseServer.of(product);
    requireExecutable(server, home);
    return new DatabaseChoice(product, server, reason);
  }

  /** Executes the program once; its own words say why it cannot be. */
  static void requireExecutable(DatabaseServer server, Path home)
      throws IOException, InterruptedException {
    List<String> line = List.of(server.program().toString(), "--no-defaults", "--version");
    ChildProcess version =
        ChildProcess.start(
            new Command("database-version", line, home), home.resolve("version.log"));
    try {
      version.awaitSuccess(VERSION_BOUND);
    } catch (PartFailedException e) {
      String words = version.endOfLog().strip().replace(server.program() + ": ", "");
      throw new PartFailedException(
          "%s cannot be executed here: %s".formatted(server.product(), words), e);
    }
  }

  private static String firstLine(PartFailedException e) {
    return e.getMessage().lines().findFirst().orElse("");
  }
}
