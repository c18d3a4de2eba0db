package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
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

class MarketAggregationJobTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--slide=61s | slide=61s is not allowed: whole seconds from 1s to 60s",
        "--slide=1500ms | slide=1500ms is not allowed",
        "--slide=fast | fast is not a duration such as 200ms, 5s, 2m or 1h",
        "--lateness=2h | lateness=7200s is not allowed: whole seconds from 0s to 3600s",
        "--input=quotes | quotes is not an input: aggregates or trades",
        "--checkpoint=foo:bar | --checkpoint=foo:bar is not allowed: a folder or a URL",
        "--trigger=2m | --trigger=PT2M is not allowed: 0ms to 1m",
        "--raw-topic=market/raw | --raw-topic=market/raw is not a topic name",
        "--raw-topic=market.aggregated | --raw-topic=market.aggregated is not allowed: the raw, the aggregated and the dead-letter topic must differ",
        "--dead-letter-topic=market.aggregated | the raw, the aggregated and the dead-letter topic must differ",
        "--max-records=0 | --max-records=0 is not allowed: 1 or more",
        "--tasks=-1 | --tasks=-1 is not allowed: 0 to 1000",
        "--ui-port=70000 | --ui-port=70000 is not allowed: 0 to 65535",
        "--ui-port=4040 | --ui-port=4040 is not allowed: only with SPARK_LOCAL_IP in the environment, the address that Spark's page listens on; without, it would be every network",
        "--metrics-port=70000 | --metrics-port=70000 is not allowed: 0 to 65535",
        "--metrics-port=any | 'any' is not an int",
        "--files=events.jsonl | --files=events.jsonl is not allowed: only with --once",
        "--once --files=a,b | --checkpoint=unused is not allowed: none with --files",
        "--kafka-config=/no/such/file | --kafka-config=/no/such/file cannot be read",
        "--colour=red | Unknown option: '--colour=red'"
      })
  void refusesABadArgumentInOneLine(String argument, String message) {
    List<String> arguments = new ArrayList<>(List.of(argument.split(" ")));
    arguments.add("--bootstrap-servers=127.0.0.1:1");
    if (!argument.contains("--checkpoint=")) {
      arguments.add("--checkpoint=unused");
    }
    Outcome outcome = run(arguments.toArray(String[]::new));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.error().strip())
        .startsWith("market-aggregation: ")
        .contains(message)
        .doesNotContain("\n");
  }

  @Test
  void saysInOneLineThatAFileOfPropertiesHoldsABadEscape() throws IOException {
    Path file = Files.writeString(directory.resolve("kafka.properties"), "password=a\\user");

    Outcome outcome =
        run("--bootstrap-servers=127.0.0.1:1", "--checkpoint=unused", "--kafka-config=" + file);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.error().strip())
        .startsWith("market-aggregation: --kafka-config=" + file + " cannot be read: ")
        .doesNotContain("\n");
  }

  @Test
  void namesWhatIsMissing() {
    Outcome outcome = run("--bootstrap-servers=127.0.0.1:1");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.error()).contains("--checkpoint");
  }

  @Test
  void saysInOneLineThatNoBrokerAnswers() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    Outcome outcome =
        run("--bootstrap-servers=127.0.0.1:" + port, "--checkpoint=unused", "--start-timeout=2s");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.error().strip())
        .startsWith(
            "market-aggregation: --bootstrap-servers=127.0.0.1:"
                + port
                + ": the brokers do not answer as they should:")
        .doesNotContain("\n");
  }

  @Test
  void saysInOneLineThatThePortOfTheMetricsIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = "--metrics-port=" + taken.getLocalPort();

      Outcome outcome = run("--bootstrap-servers=127.0.0.1:1", "--checkpoint=unused", port);

      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.error().strip())
          .startsWith(
              "market-aggregation: --metrics-host=127.0.0.1 " + port + ": cannot listen there: ")
          .doesNotContain("\n");
    }
  }

  private record Outcome(int exitCode, String error) {}

  private static Outcome run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    PrintStream former = System.err;
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
    try {
      int exitCode = MarketAggregationJob.run(Map.of(), all.toArray(String[]::new));
      return new Outcome(exitCode, error.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(former);
    }
  }
}
