package org.marketanalytics.app.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Headless Chromium, steered by the scripts of {@code src/test/node}. */
final class Browser {
  private static final List<String> CHROMIUMS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final Path chromium;
  private final Path scripts;

  private Browser(Path chromium, Path scripts) {
    this.chromium = chromium;
    this.scripts = scripts;
  }

  /**
   * Installs what the scripts need below {@code target}. Without Chromium or Node the test is
   * skipped with a line that says so, and fails where the environment has {@code CI=true}.
   */
  static Browser install() throws IOException, InterruptedException {
    Optional<Path> chromium =
        CHROMIUMS.stream().map(Browser::onPath).flatMap(Optional::stream).findFirst();
    if (chromium.isEmpty()) {
      return missing("Chromium (" + String.join(", ", CHROMIUMS) + ")");
    }
    if (onPath("node").isEmpty() || onPath("npm").isEmpty()) {
      return missing("node or npm");
    }
    Path home = LivePage.home();
    Path scripts = Files.createDirectories(home.resolve("src/target/node"));
    try (Stream<Path> sources = Files.list(home.resolve("src/test/node"))) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        Files.copy(
            source, scripts.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    List<String> said = new ArrayList<>();
    int code =
        run(scripts, List.of("npm", "ci", "--ignore-scripts", "--no-audit"), said, () -> null);
    assertThat(code).as("npm ci: %s", said).isZero();
    return new Browser(chromium.get(), scripts);
  }

  /** Runs a scenario that waits for nothing. */
  void run(String scenario, String address) throws IOException, InterruptedException {
    run(scenario, address, () -> fail(scenario + " waits for a change that is not made"));
  }

  /**
   * Runs a scenario.
   *
   * @param change what happens to the database when the scenario is ready for it
   */
  void run(String scenario, String address, Callable<?> change)
      throws IOException, InterruptedException {
    List<String> said = new ArrayList<>();
    List<String> command =
        List.of(
            "node",
            "browser.mjs",
            chromium.toString(),
            address,
            scenario,
            scripts.resolve(scenario + ".png").toString());

    int code = run(scripts, command, said, change);

    assertThat(code).as("%s:%n%s", scenario, String.join(System.lineSeparator(), said)).isZero();
  }

  private static int run(
      Path directory, List<String> command, List<String> said, Callable<?> whenReady)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (line.equals("ready")) {
          call(whenReady);
        }
      }
      return process.waitFor(1, TimeUnit.MINUTES) ? process.exitValue() : -1;
    } finally {
      process.destroyForcibly();
    }
  }

  private static void call(Callable<?> action) {
    try {
      action.call();
    } catch (Exception e) {
      throw new IllegalStateException("the database cannot be changed", e);
    }
  }

  private static Browser missing(String what) {
    String line = "the live page is not tested in a browser: " + what + " is not on the PATH";
    if ("true".equals(System.getenv("CI"))) {
      return fail(line);
    }
    System.out.println("SKIPPED: " + line);
    return abort(line);
  }

  private static Optional<Path> onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
