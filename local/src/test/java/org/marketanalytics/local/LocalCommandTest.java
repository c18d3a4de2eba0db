package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the program as a user does, in a project where nothing has been built. */
@Timeout(60)
class LocalCommandTest {

  @TempDir Path home;

  private record Outcome(int exitCode, String out, String error) {}

  @BeforeEach
  void makeProject() throws Exception {
    Files.createDirectories(home.resolve("routes"));
    Files.createFile(home.resolve("pom.xml"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --for 90               | '90' is no length of time; write 500ms, 90s, 2m, 1h or PT2H
          --slide 1500ms         | --slide: PT1.5S is not allowed; allowed: whole seconds from 1s to 60s
          --lateness 1500ms      | --lateness: PT1.5S is not allowed; allowed: whole seconds from 1s to 1h
          --reconcile            | --reconcile: needs a market that ends; add --for TIME, and leave --live out
          --summary x            | --summary: only a timed run has one; add --for TIME
          --for 1s --summary no/x | --summary: no/x is not allowed; allowed: a file that can be written, in a folder that exists
          --for 1s --summary /    | --summary: / is not allowed
          --speed 2              | --speed: 2 is not allowed without --replay
          --replay x --speed 0.5 | --speed: 0.5 is not allowed; allowed: 1 to 1000, or max
          --replay x --speed NaN | --speed: NaN is not allowed; allowed: 1 to 1000, or max
          --live                 | --live needs your key in the environment variable POLYGON_API_KEY
          --database oracle      | 'oracle'
          --http-port 70000      | --http-port: 70000 is not allowed; allowed: 1 to 65535
          --nonsense             | Unknown option: '--nonsense'
          """)
  void saysInOneLineWhatIsWrongWithAnArgument(String arguments, String message) throws Exception {
    Outcome outcome = demo(arguments.strip().split(" "));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.error()).startsWith("demo: ").contains(message).hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void refusesAPortThatWasGivenAndIsInUse() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome = demo("--kafka-port", Integer.toString(socket.getLocalPort()));

      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.error())
          .isEqualToIgnoringNewLines(
              "demo: --kafka-port: port %d of 127.0.0.1 is in use; give a free one, or leave the option out"
                  .formatted(socket.getLocalPort()));
    }
  }

  @Test
  void refusesAFolderThatAnotherDemoUses() throws Exception {
    try (DataFolder mine = DataFolder.take(home.resolve("data"))) {
      Outcome outcome = demo("--data", mine.path().toString());

      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.error())
          .contains(mine.path() + " is used by another demo")
          .hasLineCount(1);
    }
  }

  @Test
  void refusesAReplayOnAFolderWhoseClockIsAhead() throws Exception {
    Path data = home.resolve("data");
    Files.createDirectories(data.resolve("job/checkpoint"));

    Outcome outcome = demo("--replay", "x", "--data", data.toString());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.error())
        .startsWith("demo: --data: " + data + " was used by an earlier run")
        .contains("give an empty folder, or leave --data out")
        .hasLineCount(1);
  }

  @Test
  void replaysInAFolderOfItsOwnThatItEmptiesFirst() throws Exception {
    Path data = home.resolve("target/demo-replay");
    Path checkpoint = Files.createDirectories(data.resolve("job/checkpoint"));
    Path ofTheMarket = Files.createDirectories(home.resolve("target/demo/job/checkpoint"));

    Outcome outcome = demo("--replay", "x", "--speed", "max");

    assertThat(outcome.error()).contains("is missing; build it with");
    assertThat(checkpoint).doesNotExist();
    assertThat(ofTheMarket).exists();
  }

  @Test
  void namesTheBuildCommandWhenSomethingIsNotBuilt() throws Exception {
    Outcome outcome = demo("--for", "1s");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.error())
        .contains("is missing; build it with: mvn -q -DskipTests package")
        .hasLineCount(1);
  }

  @Test
  void explainsItsExitCodes() throws Exception {
    Outcome outcome = demo("--help");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("--for=TIME", "Exit codes:", "130, 143", "Freshness");
  }

  @Test
  void saysThatNoDemoHasRunWhenThereIsNoDatabaseToAsk() throws Exception {
    Outcome outcome = run(List.of("sql", "SELECT 1"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.error()).startsWith("sql: no demo has run on ").hasLineCount(1);
  }

  @Test
  void saysThatNoDemoHasRunWhenThereIsNothingToCompare() throws Exception {
    Outcome outcome = run(List.of("reconcile"));

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.error()).startsWith("reconcile: no demo has run on ").hasLineCount(1);
  }

  private Outcome demo(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("demo"));
    all.addAll(List.of(arguments));
    return run(all);
  }

  private Outcome run(List<String> arguments) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                Java.executable(),
                "-XX:TieredStopAtLevel=1",
                "-Dmarket.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                LocalCommand.class.getName()));
    line.addAll(arguments);
    Path out = home.resolve("out");
    Path error = home.resolve("error");
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().remove(ChildProcess.API_KEY);
    builder.redirectOutput(out.toFile()).redirectError(error.toFile());
    int exitCode = builder.start().waitFor();
    return new Outcome(
        exitCode,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(error, StandardCharsets.UTF_8));
  }
}
