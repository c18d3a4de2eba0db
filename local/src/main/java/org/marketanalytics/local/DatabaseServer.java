package org.marketanalytics.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An unpacked database server and how it wants to be called. */
interface DatabaseServer {

  /** What the server calls itself, e.g. {@code MySQL 8.0.31}. */
  String product();

  /** The server's program, whose {@code --version} shows whether this system can execute it. */
  Path program();

  /** Makes an empty data folder. */
  List<String> initialise(Path data);

  /** Runs the server; {@link Database} adds port, memory and the rest that both products share. */
  List<String> run(Path data);

  /** Arguments that only exist for, or only are wanted by, root. */
  static List<String> userArguments() {
    // both refuse to run as root unless told so
    return System.getProperty("user.name").equals("root") ? List.of("--user=root") : List.of();
  }

  /** Unpacks the server if need be. */
  static DatabaseServer of(DatabaseProduct product) throws IOException, InterruptedException {
    return switch (product) {
      case MYSQL -> MySqlServer.unpacked();
      case MARIADB -> MariaDbServer.unpacked();
      case AUTO -> throw new IllegalArgumentException("auto is not a server");
    };
  }
}
