package org.marketanalytics.local;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * MySQL, or MariaDB where MySQL's server cannot be executed: on 127.0.0.1, with the schema {@code
 * market} and the three users of the pipeline.
 *
 * <p>The tables are the application's to make. A second start on the same folder goes on with the
 * rows and the passwords of the first.
 */
public final class Database implements AutoCloseable {

  static final String SCHEMA = "market";

  /** The file in the database's folder that holds the users' passwords. */
  static final String PASSWORDS = "passwords.properties";

  /** The user who may only read. */
  static final String READER = "market_grafana";

  /** The user who may read and change rows. */
  static final String WRITER = "market_writer";

  private static final Duration START_BOUND = Duration.ofMinutes(1);
  private static final List<String> TABLES = List.of("bars", "moving_averages");

  private final ChildProcess process;
  private final DatabaseServer server;
  private final String reason;
  private final int port;
  private final Users users;
  private final Path passwordFile;

  private record Users(
      Credentials root, Credentials migration, Credentials writer, Credentials grafana) {}

  private Database(
      ChildProcess process,
      DatabaseServer server,
      String reason,
      int port,
      Users users,
      Path passwordFile) {
    this.process = process;
    this.server = server;
    this.reason = reason;
    this.port = port;
    this.users = users;
    this.passwordFile = passwordFile;
  }

  /** How a user of the database in that folder logs in. */
  static Credentials credentials(Path directory, String user) throws IOException {
    return Passwords.in(directory.resolve(PASSWORDS)).of(user);
  }

  /** Starts {@link DatabaseProduct#AUTO}. */
  public static Database start(Path directory, int port) throws IOException, InterruptedException {
    return start(directory, port, DatabaseProduct.AUTO);
  }

  /**
   * Starts a database and returns when the users can log in.
   *
   * @param directory keeps the rows (a folder for each product), the passwords and the log
   * @param port of 127.0.0.1; 0 for a free one
   * @throws PartFailedException when the port is in use, there is no server for this platform, the
   *     build has not laid out its jar, or it is not ready within a minute; with the end of its log
   */
  public static Database start(Path directory, int port, DatabaseProduct wanted)
      throws IOException, InterruptedException {
    int ownPort = Ports.orFree(port);
    Ports.requireFree("database", ownPort);
    Path home = Files.createDirectories(directory.toAbsolutePath());
    DatabaseChoice choice = DatabaseChoice.of(wanted, home);
    DatabaseServer server = choice.server();
    Path data = home.resolve(choice.product().word());
    if (!Files.exists(data)) {
      initialise(server, home, data);
    }

    Passwords passwords = Passwords.in(home.resolve(PASSWORDS));
    Users users =
        new Users(
            passwords.of("root"),
            passwords.of("market_migration"),
            passwords.of(WRITER),
            passwords.of(READER));
    Path sql = home.resolve("init.sql");
    try {
      Files.write(Passwords.ownerOnly(sql), statements(users));
      ChildProcess process =
          ChildProcess.start(
              new Command("database", line(server, home, data, sql, ownPort), home),
              home.resolve("database.log"));
      Database database =
          new Database(process, server, choice.reason(), ownPort, users, home.resolve(PASSWORDS));
      process.awaitReady(START_BOUND, database::isReady);
      return database;
    } finally {
      // the passwords are in it
      Files.deleteIfExists(sql);
    }
  }

  /** What runs, e.g. {@code MySQL 8.0.31}. */
  public String product() {
    return server.product();
  }

  /** Why this product was taken, in a few words. */
  public String reason() {
    return reason;
  }

  /** The address of the schema for JDBC; name and password are not in it. */
  public String jdbcUrl() {
    // nothing to hide on the loopback; without TLS the password is encrypted by the server's key
    return "jdbc:mysql://127.0.0.1:%d/%s?sslMode=DISABLED&allowPublicKeyRetrieval=true&connectionTimeZone=UTC"
        .formatted(port, SCHEMA);
  }

  /** May read and write rows of the two tables, and nothing else. */
  public Credentials writer() {
    return users.writer;
  }

  /** May do everything in the schema. */
  public Credentials migration() {
    return users.migration;
  }

  /** May read. */
  public Credentials grafana() {
    return users.grafana;
  }

  /** Where the passwords stand; only its owner can read it. */
  public Path passwordFile() {
    return passwordFile;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** Ends the server at once, as {@code kill -9} does. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }

  ChildProcess process() {
    return process;
  }

  /**
   * Makes an empty database. The first one is kept beside the server's own files, as what those
   * that follow are copied from: to initialise one takes seconds.
   */
  private static void initialise(DatabaseServer server, Path home, Path data)
      throws IOException, InterruptedException {
    // made beside its place and moved, so that a first start that was broken off is not taken for
    // a database
    Path partial = data.resolveSibling(data.getFileName() + ".partial");
    Archive.delete(partial);
    Path files = server.program().getParent().getParent();
    Path empty = files.resolveSibling(files.getFileName() + ".empty");
    if (Files.exists(empty)) {
      Archive.copy(empty, partial);
    } else {
      ChildProcess initialisation =
          ChildProcess.start(
              new Command("database-init", server.initialise(partial), home),
              home.resolve("init.log"));
      initialisation.awaitSuccess(START_BOUND);
      keep(partial, empty);
    }
    Files.move(partial, data);
  }

  /** Another process may have done so in the meantime. */
  private static void keep(Path data, Path empty) throws IOException {
    long pid = ProcessHandle.current().pid();
    Path copy = empty.resolveSibling("%s.%d".formatted(empty.getFileName(), pid));
    Archive.delete(copy);
    Archive.copy(data, copy);
    try {
      Files.move(copy, empty, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      Archive.delete(copy);
    }
  }

  private static List<String> line(
      DatabaseServer server, Path home, Path data, Path initialSql, int port) {
    List<String> line = new ArrayList<>(server.run(data));
    line.add("--port=" + port);
    line.add("--bind-address=127.0.0.1");
    line.add("--skip-name-resolve");
    // sockets have paths of at most 107 characters, which a project's folder can exceed
    line.add("--socket=");
    line.add("--pid-file=" + home.resolve("database.pid"));
    line.add("--init-file=" + initialSql);
    line.add("--default-time-zone=+00:00");
    line.add("--character-set-server=utf8mb4");
    line.add("--performance-schema=OFF");
    line.add("--innodb-buffer-pool-size=96M");
    line.add("--max-connections=60");
    line.add("--table-open-cache=200");
    // a commit is on the disk when it returns: the offsets in Kafka move on after it. There is no
    // binary log (the products say so in their own words): nobody replicates from here, and it
    // would cost a second flush for each commit.
    line.add("--innodb-flush-log-at-trx-commit=1");
    return line;
  }

  /** Run by the server before it takes connections, at every start: each statement is one line. */
  private static List<String> statements(Users users) {
    List<String> sql = new ArrayList<>();
    sql.add("CREATE DATABASE IF NOT EXISTS " + SCHEMA + " CHARACTER SET utf8mb4;");
    sql.add("ALTER USER 'root'@'localhost' IDENTIFIED BY '%s';".formatted(users.root.password()));
    for (Credentials user : List.of(users.migration, users.writer, users.grafana)) {
      String account = account(user);
      String password = user.password();
      sql.add("CREATE USER IF NOT EXISTS %s IDENTIFIED BY '%s';".formatted(account, password));
      sql.add("ALTER USER %s IDENTIFIED BY '%s';".formatted(account, password));
    }
    sql.add("GRANT ALL PRIVILEGES ON %s.* TO %s;".formatted(SCHEMA, account(users.migration)));
    sql.add("GRANT SELECT ON %s.* TO %s;".formatted(SCHEMA, account(users.grafana)));
    String writer = account(users.writer);
    for (String table : TABLES) {
      // a right on a table that is not there yet can only be given together with CREATE
      sql.add(
          "GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON %s.%s TO %s;"
              .formatted(SCHEMA, table, writer));
      sql.add("REVOKE CREATE ON %s.%s FROM %s;".formatted(SCHEMA, table, writer));
    }
    sql.add("FLUSH PRIVILEGES;");
    return sql;
  }

  private static String account(Credentials user) {
    return "'%s'@'127.0.0.1'".formatted(user.user());
  }

  private boolean isReady() throws IOException {
    if (!process.hasLogged("ready for connections")) {
      return false;
    }
    // logging in shows that the statements above were run, which the server's log does not
    for (Credentials user : List.of(users.migration, users.writer, users.grafana)) {
      try (var connection = DriverManager.getConnection(jdbcUrl(), user.user(), user.password())) {
        if (!connection.isValid(1)) {
          return false;
        }
      } catch (SQLException e) {
        return false;
      }
    }
    return true;
  }
}
