package org.marketanalytics.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulatorCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port 70000 | --port | 70000 | 0 to 65535",
        "--rate 0 | --rate | 0 | 1 to 200000",
        "--rate many | --rate | many | 1 to 200000",
        "--symbols 0 | --symbols | 0 | 1 to 100000",
        "--clusters bonds | --clusters | bonds | stocks, crypto, forex, options, indices",
        "--sessions maybe | --sessions | maybe | on, off",
        "--start yesterday | --start | yesterday | 2026-11-20T14:30:00Z",
        "--speed -1 | --speed | -1 | 0 to 1000 or max",
        "--aggregate-delay 2 | --aggregate-delay | 2 | 100ms",
        "--speed max | --speed | max | --lossless or --replay",
        "--replay /no/such/file | --replay | /no/such/file | a file that can be read",
        "--exit-at-end | --exit-at-end | --exit-at-end | --replay",
        "--rest-limit often | --rest-limit | often | 5/MINUTE",
        "--revise 2 | --revise | 2 | a number from 0 to 1",
        "--disorder much | --disorder | much | a number from 0 to 1",
        "--faults /no/such/file | --faults | /no/such/file | a file that can be read",
        "--dance | --dance | --dance | "
      })
  void tellsABadOptionInOneLine(String arguments, String option, String value, String allowed) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);

    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(option, value, allowed == null ? "" : allowed);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void tellsABadScriptInOneLineThatNamesTheStep(@TempDir Path folder) throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("faults.json"),
            "[{\"at\":1,\"fault\":\"drop\"},{\"at\":2,\"fault\":\"dance\"}]");

    assertThat(run("--faults", script.toString())).isEqualTo(2);

    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(script.toString(), "step 2", "'dance'", "drop, delay");
  }

  @Test
  void tellsInOneLineThatAJournalCannotBeWritten() {
    assertThat(run("--journal", "/no/such/folder/journal.gz")).isEqualTo(1);

    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("--journal", "/no/such/folder/journal.gz");
  }

  @Test
  void tellsAPortInUseInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run("--port", Integer.toString(taken.getLocalPort()))).isEqualTo(1);

      assertThat(err.toString().lines()).hasSize(1);
      assertThat(err.toString()).contains(Integer.toString(taken.getLocalPort()), "in use");
    }
  }

  @Test
  void explainsItsOptions() {
    assertThat(run("--help")).isZero();

    CommandLine commandLine = SimulatorCommand.commandLine();
    assertThat(commandLine.getCommandSpec().options())
        .allSatisfy(
            option -> {
              assertThat(out.toString()).contains(option.longestName());
              assertThat(option.description()).isNotEmpty();
            });
  }

  private int run(String... arguments) {
    return SimulatorCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
