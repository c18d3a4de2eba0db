package org.marketanalytics.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka broker: one KRaft node, broker and controller in one process, on 127.0.0.1.
 *
 * <p>Topics are not created by themselves. A second start on the same folder goes on with the
 * records of the first, on another port if need be.
 */
public final class Broker implements AutoCloseable {

  private static final Duration START_BOUND = Duration.ofMinutes(1);
  private static final List<String> JVM =
      List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  private static final List<String> LOGGING =
      List.of(
          "-Dorg.slf4j.simpleLogger.logFile=System.out",
          "-Dorg.slf4j.simpleLogger.showDateTime=true",
          "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
          "-Dorg.slf4j.simpleLogger.log.kafka.server.BrokerServer=info",
          "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info");

  private final ChildProcess process;
  private final int port;

  private Broker(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a broker and returns when it answers.
   *
   * @param directory keeps the records, the configuration and the log
   * @param port of 127.0.0.1; 0 for a free one
   * @throws PartFailedException when the port is in use, the build has not laid out the broker's
   *     jars, or the broker is not ready within a minute; with the end of its log
   */
  public static Broker start(Path directory, int port) throws IOException, InterruptedException {
    return start(directory, port, Map.of());
  }

  /**
   * Like {@link #start(Path, int)}, with more properties of the broker, which go before ours.
   *
   * @param more its {@code inter.broker.listener.name} is the name of the only listener for clients
   */
  public static Broker start(Path directory, int port, Map<String, String> more)
      throws IOException, InterruptedException {
    int ownPort = Ports.orFree(port);
    Ports.requireFree("broker", ownPort);
    Path home = Files.createDirectories(directory.toAbsolutePath());
    Path records = home.resolve("records");
    Path configuration = home.resolve("server.properties");
    String listener = more.getOrDefault("inter.broker.listener.name", "PLAINTEXT");
    Properties properties = properties(records, listener, ownPort, Ports.free());
    properties.putAll(more);
    write(properties, configuration);
    if (!Files.exists(records.resolve("meta.properties"))) {
      format(home, configuration);
    }

    ChildProcess process =
        ChildProcess.start(
            java(home, "broker", "kafka.Kafka", configuration.toString()),
            home.resolve("broker.log"));
    process.awaitReady(START_BOUND, () -> process.hasLogged("Kafka Server started"));
    return new Broker(process, ownPort);
  }

  /** {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** Ends the broker at once, as {@code kill -9} does. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }

  ChildProcess process() {
    return process;
  }

  private static void format(Path home, Path configuration)
      throws IOException, InterruptedException {
    ChildProcess format =
        ChildProcess.start(
            java(
                home,
                "broker-format",
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                Uuid.randomUuid().toString(),
                "--config",
                configuration.toString()),
            home.resolve("format.log"));
    format.awaitSuccess(START_BOUND);
  }

  private static Command java(Path home, String name, String mainClass, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Java.executable());
    line.addAll(JVM);
    line.addAll(LOGGING);
    line.add("-cp");
    line.add(Project.built("local/servers/target/broker") + "/*");
    line.add(mainClass);
    line.addAll(List.of(arguments));
    return new Command(name, line, home);
  }

  private static Properties properties(
      Path records, String listener, int port, int controllerPort) {
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", "1");
    properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty(
        "listeners",
        "%s://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(listener, port, controllerPort));
    properties.setProperty("log.dirs", records.toString());

    properties.setProperty("auto.create.topics.enable", "false");
    // by size, not by time: records carry the time of their event, and a replay's is long past
    properties.setProperty("log.retention.ms", "-1");
    properties.setProperty("log.retention.bytes", Integer.toString(512 * 1024 * 1024));
    properties.setProperty("log.segment.bytes", Integer.toString(128 * 1024 * 1024));

    // one node, few consumers, and nobody else to wait for
    properties.setProperty("offsets.topic.replication.factor", "1");
    properties.setProperty("offsets.topic.num.partitions", "4");
    properties.setProperty("transaction.state.log.replication.factor", "1");
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("transaction.state.log.num.partitions", "2");
    properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");

    // small in memory and threads
    properties.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(2 * 1024 * 1024));
    properties.setProperty("log.index.size.max.bytes", Integer.toString(1024 * 1024));
    properties.setProperty("num.network.threads", "2");
    properties.setProperty("num.io.threads", "4");
    properties.setProperty("background.threads", "2");
    return properties;
  }

  private static void write(Properties properties, Path file) throws IOException {
    try (var out = Files.newBufferedWriter(file)) {
      properties.store(out, "written at every start");
    }
  }
}
