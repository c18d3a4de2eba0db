package org.marketanalytics.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** MySQL's own server, as the jar of kill-bill's test server carries it. */
record MySqlServer(Path home) implements DatabaseServer {

  private static final String LINUX = "Linux-amd64";
  private static final String MACOS = "Mac_OS_X-x86_64";

  static DatabaseServer unpacked() throws IOException, InterruptedException {
    Path jar = Project.builtJar("local/servers/target/mysql");
    String platform = platform();
    Path target = jar.getParent().resolve("unpacked");
    return new MySqlServer(
        Archive.unpackOnce(
            target, folder -> Archive.untar(jar, "mysql-" + platform + ".tar.gz", folder)));
  }

  @Override
  public String product() {
    return "MySQL 8.0.31";
  }

  @Override
  public Path program() {
    return home.resolve("bin/mysqld");
  }

  @Override
  public List<String> initialise(Path data) {
    return line(data, "--initialize-insecure", "--performance-schema=OFF");
  }

  @Override
  public List<String> run(Path data) {
    return line(data, "--mysqlx=OFF", "--disable-log-bin", "--innodb-redo-log-capacity=67108864");
  }

  private List<String> line(Path data, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(program().toString());
    // --no-defaults has to be the first: a my.cnf of the machine is not meant for this server
    line.addAll(List.of("--no-defaults", "--basedir=" + home, "--datadir=" + data));
    line.addAll(DatabaseServer.userArguments());
    line.addAll(List.of(arguments));
    return line;
  }

  private static String platform() throws PartFailedException {
    String system = System.getProperty("os.name");
    String architecture = System.getProperty("os.arch");
    boolean intel = architecture.equals("amd64") || architecture.equals("x86_64");
    if (intel && system.equals("Linux")) {
      return LINUX;
    }
    if (intel && system.startsWith("Mac")) {
      return MACOS;
    }
    throw new PartFailedException(
        "there is no MySQL for %s on %s here; it is for Linux and macOS on x86-64"
            .formatted(system, architecture));
  }
}
