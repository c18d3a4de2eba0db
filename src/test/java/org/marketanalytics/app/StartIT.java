package org.marketanalytics.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.DatabaseProduct;
import org.marketanalytics.local.Simulator;

/** What the operator reads when the application cannot start: the real jar as a process. */
class StartIT {
  private static final int NOBODY_LISTENS = 1;

  @TempDir private Path directory;

  @Test
  void aValueThatIsNotAllowedIsNamed() throws Exception {
    Ending ending = run(Map.of("MARKET_FEED_CLUSTER", "bonds"));

    assertThat(ending)
        .isEqualTo(
            new Ending(
                2,
                "market.feed.cluster=bonds: must be one of stocks, crypto, forex, options, indices"));
  }

  @Test
  void anEnvironmentVariableThatIsNotKnownIsNamed() throws Exception {
    Ending ending = run(Map.of("MARKET_KAFKA_BROKER", "h:1"));

    assertThat(ending.exitCode()).isEqualTo(2);
    assertThat(ending.error())
        .startsWith("MARKET_KAFKA_BROKER=(not shown): ")
        .contains("MARKET_KAFKA_BROKERS");
  }

  @Test
  void aKeyThatIsNotKnownIsNamed() throws Exception {
    Ending ending = run(Map.of(), "-Dmarket.retention.day=3");

    assertThat(ending.exitCode()).isEqualTo(2);
    assertThat(ending.error())
        .startsWith("market.retention.day=(not shown): ")
        .contains("did you mean market.retention.days?");
  }

  @Test
  void aMissingKeyOfThePlanIsNamed() throws Exception {
    Ending ending = run(Map.of("POLYGON_API_KEY", ""));

    assertThat(ending.exitCode()).isEqualTo(2);
    assertThat(ending.error()).startsWith("market.feed.api-key=: ").contains("POLYGON_API_KEY");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      Ending ending = run(Map.of("CAMEL_SERVER_PORT", port));

      assertThat(ending.exitCode()).isEqualTo(1);
      assertThat(ending.error())
          .startsWith("camel.server.port=" + port + ": cannot listen on 127.0.0.1: ");
    }
  }

  @Test
  void aPortThatIsNoneIsNamed() throws Exception {
    Ending ending = run(Map.of("CAMEL_SERVER_PORT", "70000"));

    assertThat(ending)
        .isEqualTo(
            new Ending(2, "camel.server.port=70000: must be a whole number from 0 to 65535"));
  }

  @Test
  void aFolderOfRoutesThatIsNotThereIsNamed() throws Exception {
    Ending ending =
        run(Map.of("CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", "file:no-such-folder/*.camel.yaml"));

    assertThat(ending.exitCode()).isEqualTo(2);
    assertThat(ending.error())
        .startsWith("camel.main.routes-include-pattern=file:no-such-folder/*.camel.yaml: ")
        .contains("no folder");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamed() throws Exception {
    Ending ending = run(Map.of("MARKET_KAFKA_BROKERS", "127.0.0.1:" + NOBODY_LISTENS));

    assertThat(ending.exitCode()).isEqualTo(1);
    assertThat(ending.error())
        .startsWith("market.kafka.brokers=127.0.0.1:1: no broker answers there within 10 s");
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() throws Exception {
    try (Broker broker = Broker.start(directory.resolve("broker"), 0)) {
      Ending ending =
          run(
              Map.of(
                  "MARKET_KAFKA_BROKERS",
                  broker.bootstrapServers(),
                  "MARKET_DATABASE_URL",
                  "jdbc:mysql://127.0.0.1:1/market"));

      assertThat(ending.exitCode()).isEqualTo(1);
      assertThat(ending.error())
          .startsWith("market.database.url=jdbc:mysql://127.0.0.1:1/market: no database answers");
    }
  }

  @Test
  void whatTheDatabaseOrARouteRefusesIsNamedAndNoPasswordIsPrinted() throws Exception {
    try (Servers servers = Servers.start(directory, DatabaseProduct.AUTO)) {
      Map<String, String> environment =
          new HashMap<>(Application.configuration(servers.broker(), servers.database()));

      environment.put("MARKET_DATABASE_MIGRATION_PASSWORD", "not-the-password");
      Ending wrongPassword = run(environment);
      environment.putAll(Application.configuration(servers.broker(), servers.database()));
      environment.put("MARKET_FEED_CHANNELS", "A,NOSUCH");
      Ending wrongChannel = run(environment);

      environment.remove("MARKET_FEED_CHANNELS");
      Ending wrongKey;
      try (Simulator feed =
          Simulator.start(directory.resolve("feed"), 0, "--api-key", "another-key")) {
        environment.put("MARKET_FEED_URL", feed.webSocketUrl("stocks"));
        wrongKey = run(environment);
      }

      assertThat(wrongKey)
          .isEqualTo(
              new Ending(
                  1,
                  "market.feed.api-key=(not shown): the feed refuses the key: auth_failed: authentication failed"));
      assertThat(wrongPassword.exitCode()).isEqualTo(1);
      assertThat(wrongPassword.error())
          .startsWith("market.database.migration-user=market_migration: the database refuses")
          .doesNotContain("not-the-password");
      assertThat(wrongChannel.exitCode()).isEqualTo(2);
      assertThat(wrongChannel.error()).contains("NOSUCH").doesNotContain("key-of-the-plan");
    }
  }

  /**
   * How a start ended.
   *
   * @param exitCode of the process
   * @param error the one line of standard error
   */
  private record Ending(int exitCode, String error) {}

  private Ending run(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    Path home = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(home.resolve("routes"))) {
      home = home.getParent();
    }
    Path error = directory.resolve("stderr");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-jar", home.resolve("src/target/market-analytics.jar").toString()));
    ProcessBuilder start =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectOutput(directory.resolve("stdout").toFile())
            .redirectError(error.toFile());
    start.environment().put("POLYGON_API_KEY", "key-of-the-plan");
    start.environment().put("CAMEL_SERVER_PORT", "0");
    start.environment().putAll(environment);
    Process process = start.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends by itself").isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(error);
    assertThat(lines).as("standard error").hasSize(1);
    assertThat(Files.readString(directory.resolve("stdout")))
        .as("no stack trace")
        .doesNotContain("\tat ");
    return new Ending(process.exitValue(), lines.get(0));
  }
}
