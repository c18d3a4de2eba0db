package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconcileJobTest {
  private static final Map<String, String> PASSWORD = Map.of("MARKET_DATABASE_PASSWORD", "hidden");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--from=yesterday | yesterday is not a time such as 2026-03-02T14:30:00Z",
        "--from=1970-01-01T00:00:00Z | --from=1970-01-01T00:00:00Z is not allowed: after 1970",
        "--to=1969-01-01T00:00:00Z | --to=1969-01-01T00:00:00Z is not allowed: after --from",
        "--show=-1 | --show=-1 is not allowed: 0 to 10000",
        "--slide=61s | slide=61s is not allowed: whole seconds from 1s to 60s",
        "--raw-topic=market/raw | --raw-topic=market/raw is not a topic name",
        "--database-password-file=/no/such/file | --database-password-file=/no/such/file cannot be read",
        "--database-password=hidden | Unknown option"
      })
  void refusesABadArgumentInOneLine(String argument, String message) {
    Outcome outcome = run(PASSWORD, "--database-url=jdbc:mysql://127.0.0.1:1/market", argument);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.error().strip())
        .startsWith("market-reconcile: ")
        .contains(message)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://me:hidden@127.0.0.1/market",
    "jdbc:mysql://127.0.0.1/market?user=me&password=hidden"
  })
  void showsNoPasswordOfAnAddress(String url) {
    Outcome outcome = run(PASSWORD, "--database-url=" + url);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.error())
        .contains("--database-url=(not shown)", "MARKET_DATABASE_PASSWORD")
        .doesNotContain("hidden");
  }

  @Test
  void asksForThePassword() {
    Outcome outcome = run(Map.of(), "--database-url=jdbc:mysql://127.0.0.1:1/market");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.error()).contains("MARKET_DATABASE_PASSWORD is not set");
  }

  @Test
  void saysInOneLineThatNoDatabaseAnswers() throws Exception {
    Path password = Files.writeString(directory.resolve("password"), "hidden\n");

    Outcome outcome =
        run(
            Map.of(),
            "--database-url=jdbc:mysql://127.0.0.1:1/market",
            "--database-password-file=" + password);

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.error().strip())
        .startsWith(
            "market-reconcile: --database-url=jdbc:mysql://127.0.0.1:1/market: bars cannot be read:")
        .doesNotContain("\n", "hidden");
  }

  private record Outcome(int exitCode, String error) {}

  private static Outcome run(Map<String, String> environment, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--bootstrap-servers=127.0.0.1:1"));
    all.addAll(List.of(arguments));
    PrintStream former = System.err;
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
    try {
      int exitCode = ReconcileJob.run(environment, all.toArray(String[]::new));
      return new Outcome(exitCode, error.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(former);
    }
  }
}
