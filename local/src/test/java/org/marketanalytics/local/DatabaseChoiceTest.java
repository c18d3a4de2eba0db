package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseChoiceTest {

  @TempDir Path home;

  /** A server of which only the answer to {@code --version} matters. */
  private record Server(Path program) implements DatabaseServer {

    @Override
    public String product() {
      return "MySQL 8.0.31";
    }

    @Override
    public List<String> initialise(Path data) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> run(Path data) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void acceptsAServerThatSaysItsVersion() throws Exception {
    Server server = server("echo Ver 8.0.31");

    assertThatCode(() -> DatabaseChoice.requireExecutable(server, home)).doesNotThrowAnyException();
  }

  @Test
  void saysInOneLineWhichLibraryIsMissing() throws Exception {
    Server server = server("echo \"$0: error while loading libaio.so.1: no such file\"; exit 127");

    assertThatThrownBy(() -> DatabaseChoice.requireExecutable(server, home))
        .isInstanceOf(PartFailedException.class)
        .hasMessage(
            "MySQL 8.0.31 cannot be executed here: error while loading libaio.so.1: no such file");
  }

  private Server server(String answer) throws Exception {
    Path program = Files.writeString(home.resolve("mysqld"), "#!/bin/sh\n" + answer + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Server(program);
  }
}
