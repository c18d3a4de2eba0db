package org.marketanalytics.app.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.app.Servers;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Database;
import org.marketanalytics.local.Job;
import org.marketanalytics.local.PartFailedException;
import org.marketanalytics.local.Simulator;

/**
 * The whole pipeline with TLS and a login at Kafka, TLS at the database and secrets in files; and
 * none of the secrets in a log of any detail, a metric, the health or the list of processes.
 */
class SecretsIT {
  private static final String KEY = "feed-key-5f1e7c";
  private static final String LOGIN = "kafka-login-93ab02";
  private static final String STORE = "store-password-77c1d4";

  @TempDir private Path directory;

  @Test
  void allIsEncryptedAndNoSecretIsToldToAnybody() throws Exception {
    certificates();
    try (Broker broker = Broker.start(directory.resolve("broker"), 0, brokerSettings());
        Database database = Database.start(directory.resolve("database"), 0);
        Simulator feed =
            Simulator.start(
                directory.resolve("feed"), 0, "--symbols", "3", "--rate", "50", "--api-key", KEY);
        Job job =
            Job.start(
                directory.resolve("job"),
                broker.bootstrapServers(),
                "--kafka-config",
                client("client.properties", "trust.p12").toString())) {
      boolean verified = trustDatabase();
      Map<String, String> environment = environment(broker, database, feed);
      try (Application application =
          Application.start(directory.resolve("application"), 0, environment)) {
        await("rows")
            .atMost(Duration.ofMinutes(3))
            .until(() -> !StoredRows.bars(database).isEmpty());

        assertThat(Servers.get(application, "/observe/health")).contains("\"UP\"");
        List<String> told =
            List.of(
                Servers.get(application, "/observe/health"),
                Servers.get(application, "/observe/metrics"),
                Files.readString(directory.resolve("application/application.log"), ISO_8859_1),
                Files.readString(directory.resolve("job/job.log"), ISO_8859_1),
                processes());
        assertThat(told.get(2)).as("the log is that of debugging").contains(" DEBUG ");
        assertThat(told.stream().flatMap(String::lines).filter(line -> hasSecret(line, database)))
            .isEmpty();
        assertThat(job.pid()).isPositive();
      }

      Map<String, String> strangerAsBroker = new HashMap<>(environment);
      strangerAsBroker.put(
          "MARKET_KAFKA_CONFIG", client("stranger.properties", "stranger.p12").toString());
      assertRefused(strangerAsBroker, "market.kafka.brokers=", database);
      if (verified) {
        Map<String, String> strangerAsDatabase = new HashMap<>(environment);
        strangerAsDatabase.put("MARKET_DATABASE_URL", databaseUrl(database, "stranger.p12"));
        assertRefused(strangerAsDatabase, "market.database.url=", database);
      }
    }
  }

  /** MySQL leaves the certificate of its issuer; MariaDB makes one that nobody can know. */
  private boolean trustDatabase() throws Exception {
    Path issuer = directory.resolve("database/mysql/ca.pem");
    boolean there = Files.exists(issuer);
    assertThat(there || System.getenv("CI") == null).as("MySQL's own server runs").isTrue();
    if (there) {
      trust("mysql.p12", issuer);
    }
    return there;
  }

  private void assertRefused(Map<String, String> environment, String key, Database database) {
    assertThatThrownBy(() -> Application.start(directory.resolve("stranger"), 0, environment))
        .as("a server that is not trusted")
        .isInstanceOf(PartFailedException.class)
        .hasMessageContaining(key)
        .message()
        .doesNotContain(secrets(database));
  }

  private static boolean hasSecret(String line, Database database) {
    return Stream.of(secrets(database)).anyMatch(line::contains);
  }

  private static String[] secrets(Database database) {
    return new String[] {
      KEY, LOGIN, STORE, database.writer().password(), database.migration().password()
    };
  }

  private Map<String, String> environment(Broker broker, Database database, Simulator feed)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("MARKET_LOG_LEVEL", "DEBUG");
    environment.put("MARKET_FEED_URL", feed.webSocketUrl("stocks"));
    environment.put("POLYGON_API_KEY_FILE", secret("key", KEY));
    environment.put("MARKET_KAFKA_BROKERS", broker.bootstrapServers());
    environment.put("MARKET_KAFKA_CONFIG", client("client.properties", "trust.p12").toString());
    environment.put("MARKET_DATABASE_URL", databaseUrl(database, "mysql.p12"));
    environment.put("MARKET_DATABASE_USER", database.writer().user());
    environment.put(
        "MARKET_DATABASE_PASSWORD_FILE", secret("writer", database.writer().password()));
    environment.put("MARKET_DATABASE_MIGRATION_USER", database.migration().user());
    environment.put(
        "MARKET_DATABASE_MIGRATION_PASSWORD_FILE",
        secret("migration", database.migration().password()));
    return environment;
  }

  /** Its certificate names no host, only who issued it. */
  private String databaseUrl(Database database, String trust) {
    Path store = directory.resolve(trust);
    return "jdbc:mysql://127.0.0.1:%d/market?sslMode=%s&trustCertificateKeyStoreType=PKCS12&trustCertificateKeyStoreUrl=file:%s&trustCertificateKeyStorePassword=%s"
        .formatted(database.port(), Files.exists(store) ? "VERIFY_CA" : "REQUIRED", store, STORE);
  }

  private String secret(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text + "\n").toString();
  }

  /** Every command line of this machine's processes. */
  private static String processes() {
    StringBuilder all = new StringBuilder();
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      // the simulator is told its key so; it stands for the feed, which is not ours
      processes
          .map(process -> process.info().commandLine().orElse(""))
          .filter(line -> !line.contains("simulator.jar") && !line.contains("keytool"))
          .forEach(line -> all.append(line).append('\n'));
    }
    return all.toString();
  }

  private Path client(String name, String trust) throws IOException {
    return Files.write(
        directory.resolve(name),
        List.of(
            "security.protocol=SASL_SSL",
            "sasl.mechanism=PLAIN",
            "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " username=\"market\" password=\"%s\";".formatted(LOGIN),
            "ssl.truststore.type=PKCS12",
            "ssl.truststore.location=" + directory.resolve(trust),
            "ssl.truststore.password=" + STORE));
  }

  private Map<String, String> brokerSettings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("inter.broker.listener.name", "SASL_SSL");
    settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put(
        "listener.name.sasl_ssl.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"market\" password=\"%1$s\" user_market=\"%1$s\";".formatted(LOGIN));
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("ssl.keystore.location", directory.resolve("broker.p12").toString());
    settings.put("ssl.keystore.password", STORE);
    settings.put("ssl.truststore.type", "PKCS12");
    settings.put("ssl.truststore.location", directory.resolve("trust.p12").toString());
    settings.put("ssl.truststore.password", STORE);
    return settings;
  }

  /** The broker's, a store that trusts it, and one that trusts somebody else. */
  private void certificates() throws Exception {
    for (String name : List.of("broker", "stranger-key")) {
      keytool(
          "-genkeypair",
          "-alias",
          name,
          "-keyalg",
          "EC",
          "-dname",
          "CN=127.0.0.1",
          "-ext",
          "san=ip:127.0.0.1",
          "-keystore",
          name + ".p12");
      keytool("-exportcert", "-alias", name, "-keystore", name + ".p12", "-file", name + ".cer");
    }
    trust("trust.p12", directory.resolve("broker.cer"));
    trust("stranger.p12", directory.resolve("stranger-key.cer"));
  }

  private void trust(String store, Path certificate) throws Exception {
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        "other",
        "-file",
        certificate.toString(),
        "-keystore",
        store);
  }

  private void keytool(String... arguments) throws Exception {
    Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> line =
        Stream.concat(
                Stream.concat(Stream.of(program.toString()), Stream.of(arguments)),
                Stream.of("-storetype", "PKCS12", "-storepass", STORE))
            .toList();
    Process keytool =
        new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(keytool.waitFor()).as(output).isZero();
  }
}
