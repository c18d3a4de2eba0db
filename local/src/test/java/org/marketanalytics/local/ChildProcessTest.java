package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ChildProcessTest {

  private static final Duration BOUND = Duration.ofSeconds(20);

  @TempDir Path directory;

  @Test
  void reportsAChildThatDiesWithTheEndOfItsLog() throws Exception {
    ChildProcess child =
        shell("for i in $(seq 100); do echo line $i; done; echo cause >&2; exit 3");

    assertThatThrownBy(() -> child.awaitReady(BOUND, () -> false))
        .isInstanceOf(PartFailedException.class)
        .hasMessageStartingWith("part ended with code 3; end of " + log())
        .hasMessageContaining("line 100")
        .hasMessageEndingWith("cause")
        .hasMessageNotContaining("line 50");
  }

  @Test
  void reportsAndEndsAChildThatIsNotReadyInTime() throws Exception {
    ChildProcess child = shell("echo waiting; exec sleep 300");

    assertThatThrownBy(() -> child.awaitReady(Duration.ofSeconds(1), () -> false))
        .isInstanceOf(PartFailedException.class)
        .hasMessageStartingWith("part was not ready after 1 s; end of " + log())
        .hasMessageEndingWith("waiting");
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void reportsAProgramThatIsNotThere() throws Exception {
    ChildProcess child =
        ChildProcess.start(new Command("part", List.of("/nowhere/program"), directory), log());

    assertThatThrownBy(() -> child.awaitSuccess(BOUND)).hasMessageContaining("/nowhere/program");
  }

  @Test
  void succeedsWithTheCodeZeroOnly() throws Exception {
    shell("exit 0").awaitSuccess(BOUND);

    assertThatThrownBy(() -> shell("echo cause; exit 3").awaitSuccess(BOUND))
        .hasMessageStartingWith("part ended with code 3; end of " + log())
        .hasMessageEndingWith("cause");
  }

  @Test
  void reportsAndEndsAChildThatTakesTooLong() throws Exception {
    ChildProcess child = shell("echo working; exec sleep 300");

    assertThatThrownBy(() -> child.awaitSuccess(Duration.ofSeconds(1)))
        .isInstanceOf(PartFailedException.class)
        .hasMessageStartingWith("part has not ended after 1 s; end of " + log())
        .hasMessageEndingWith("working");
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void isReadyWhenItSaysSo() throws Exception {
    try (ChildProcess child = shell("echo part ready; exec sleep 300")) {
      child.awaitReady(BOUND, () -> child.hasLogged("part ready"));

      assertThat(child.isAlive()).isTrue();
    }
  }

  @Test
  void isAskedToStopBeforeItIsKilled() throws Exception {
    ChildProcess child =
        shell("trap 'echo stopped cleanly; exit 0' TERM; echo up; while :; do sleep 0.1; done");
    child.awaitReady(BOUND, () -> child.hasLogged("up"));

    child.close();

    assertThat(child.isAlive()).isFalse();
    assertThat(log()).content().contains("stopped cleanly");
    assertThat(ChildProcess.running()).doesNotContain(child);
  }

  @Test
  void keepsTheLogOfTheRunBefore() throws Exception {
    shell("echo first").awaitSuccess(BOUND);
    shell("echo second").awaitSuccess(BOUND);

    assertThat(log()).content().isEqualTo("second\n");
    assertThat(directory.resolve("part.log.previous")).content().isEqualTo("first\n");
  }

  @Test
  void handsOnTheKeyOnlyWhereTheCommandNamesIt() throws Exception {
    List<String> line = List.of("/bin/sh", "-c", "echo key=$POLYGON_API_KEY");

    ChildProcess.start(new Command("part", line, directory), log()).awaitSuccess(BOUND);
    assertThat(log()).content().isEqualTo("key=\n");

    Map<String, String> key = Map.of(ChildProcess.API_KEY, "mine");
    ChildProcess.start(new Command("part", line, directory, key), log()).awaitSuccess(BOUND);
    assertThat(log()).content().isEqualTo("key=mine\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM", "INT"})
  void doesNotOutliveItsParentHoweverThatEnds(String signal) throws Exception {
    Process parent =
        new ProcessBuilder(
                Java.executable(),
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = parent.inputReader()) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      List<ProcessHandle> family = parent.descendants().toList();

      new ProcessBuilder("kill", "-" + signal, Long.toString(parent.pid())).start().waitFor();

      assertThat(family).contains(child);
      await()
          .atMost(BOUND)
          .untilAsserted(() -> assertThat(family).noneMatch(ProcessHandle::isAlive));
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void isNotReachedByTheInterruptOfTheTerminal() throws Exception {
    try (ChildProcess child = shell("echo up; exec sleep 300")) {
      child.awaitReady(BOUND, () -> child.hasLogged("up"));

      new ProcessBuilder("kill", "-INT", Long.toString(child.pid())).start().waitFor();
      new ProcessBuilder("kill", "-HUP", Long.toString(child.pid())).start().waitFor();

      await().during(Duration.ofMillis(300)).until(child::isAlive);
    }
  }

  /** A program that has a child and does nothing more. */
  static final class Parent {

    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      List<String> line = List.of("sleep", "300");
      ChildProcess child =
          ChildProcess.start(new Command("part", line, directory), directory.resolve("parent.log"));
      System.out.println(child.pid());
      Thread.sleep(Duration.ofMinutes(5).toMillis());
    }
  }

  private ChildProcess shell(String script) throws Exception {
    return ChildProcess.start(
        new Command("part", List.of("/bin/sh", "-c", script), directory), log());
  }

  private Path log() {
    return directory.resolve("part.log");
  }
}
