package org.marketanalytics.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Polygon's own client from npm against the packaged simulator. */
class OfficialClientIT {
  private static final Path SOURCES = Path.of("src/test/node");
  private static final Path FOLDER = Path.of("target/official-client");
  private static final Path JAR = Path.of("target/simulator.jar");
  private static final String READY = "simulator ready port=";

  private Process simulator;
  private int port;

  @BeforeAll
  static void installTheClient() throws Exception {
    needs("node");
    needs("npm");
    Files.createDirectories(FOLDER);
    for (String file : List.of("package.json", "package-lock.json", "receive.mjs")) {
      Files.copy(SOURCES.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Output installed = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    assertThat(installed.code()).as(installed.text()).isZero();
  }

  @BeforeEach
  void startTheSimulator() throws IOException {
    simulator =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString(),
                "--api-key",
                "key",
                "--symbols",
                "20")
            .redirectError(FOLDER.resolve("simulator.log").toFile())
            .start();
    String line = simulator.inputReader(StandardCharsets.UTF_8).readLine();
    assertThat(line).startsWith(READY);
    port = Integer.parseInt(line.substring(READY.length()));
  }

  @AfterEach
  void stopTheSimulator() throws InterruptedException {
    simulator.destroy();
    assertThat(simulator.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void authenticatesSubscribesAndReceives() throws Exception {
    Output output = run("node", "receive.mjs", "ws://127.0.0.1:" + port, "key");

    assertThat(output.code()).as(output.text()).isZero();
    JsonNode received = output.lastLine();
    assertThat(received.get("statuses").toString())
        .contains(
            "auth_success: authenticated",
            "success: subscribed to: T.AAPL",
            "success: subscribed to: A.*");
    assertThat(received.get("trades").asInt()).isGreaterThanOrEqualTo(20);
    assertThat(received.get("aggregates").asInt()).isGreaterThanOrEqualTo(20);
    assertThat(received.get("symbols").toString()).contains("AAPL", "NVDA");
  }

  /** Skips the tests without the program; on a build server, where it is to be there, they fail. */
  private static void needs(String program) {
    boolean found;
    try {
      found = run(program, "--version").code() == 0;
    } catch (IOException | InterruptedException e) {
      found = false;
    }
    if (!found && "true".equals(System.getenv("CI"))) {
      fail(program + " is missing: the official client cannot be tried");
    }
    String skipped = "skipped: " + program + " is missing, the official client is not tried";
    if (!found) {
      System.out.println(skipped);
    }
    assumeTrue(found, skipped);
  }

  private static Output run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    if (Files.isDirectory(FOLDER)) {
      builder.directory(FOLDER.toFile());
    }
    Map<String, String> environment = builder.environment();
    environment.put("NO_UPDATE_NOTIFIER", "1");
    Process process = builder.start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    }
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    return new Output(process.exitValue(), lines);
  }

  private record Output(int code, List<String> lines) {
    String text() {
      return String.join("\n", lines);
    }

    JsonNode lastLine() throws IOException {
      return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }
  }
}
