package org.marketanalytics.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simulated feed. */
public final class Simulator implements AutoCloseable {

  private static final Duration START_BOUND = Duration.ofMinutes(1);

  /** Before it answers, the simulator waits up to 30 s until slow clients have read all. */
  private static final Duration STOP_MARKET_BOUND = Duration.ofSeconds(40);

  private static final int HEAP_MIB = 192;

  private final ChildProcess process;
  private final int port;

  /**
   * What the simulator counted.
   *
   * @param eventsSent market events written to subscribed clients
   * @param framesSent WebSocket messages they were in
   * @param connections open at the moment
   * @param malformedSent of the events, lines of a replay that are none and were sent as they are
   */
  public record Stats(long eventsSent, long framesSent, long connections, long malformedSent) {

    /** How many of the events belong on the raw topic. */
    long wellFormedSent() {
      return eventsSent - malformedSent;
    }

    static Stats parse(String json) throws IOException {
      return new Stats(
          number(json, "events_sent"),
          number(json, "frames_sent"),
          number(json, "connections"),
          number(json, "malformed_sent"));
    }

    private static long number(String json, String name) throws IOException {
      Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*(\\d+)").matcher(json);
      if (!matcher.find()) {
        throw new IOException("no " + name + " in " + json);
      }
      return Long.parseLong(matcher.group(1));
    }
  }

  private Simulator(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a simulator and returns when it listens.
   *
   * @param directory for its log
   * @param port of 127.0.0.1; 0 for a free one
   * @param arguments of its own command line, without {@code --port}
   * @throws PartFailedException when the port is in use, its jar is not built, or it is not ready
   *     within a minute; with the end of its log
   */
  public static Simulator start(Path directory, int port, String... arguments)
      throws IOException, InterruptedException {
    return start(directory, port, HEAP_MIB, arguments);
  }

  /**
   * The same with another heap, a quarter of which keeps the trades that REST can be asked for.
   *
   * @param heapMib at most so many MiB
   */
  public static Simulator start(Path directory, int port, int heapMib, String... arguments)
      throws IOException, InterruptedException {
    int ownPort = Ports.orFree(port);
    Ports.requireFree("simulator", ownPort);
    Path home = Files.createDirectories(directory.toAbsolutePath());
    List<String> line = new ArrayList<>();
    line.add(Java.executable());
    line.addAll(List.of("-Xmx" + heapMib + "m", "-XX:+UseSerialGC"));
    line.add("-jar");
    line.add(Project.built("simulator/target/simulator.jar").toString());
    line.addAll(List.of("--port", Integer.toString(ownPort)));
    line.addAll(List.of(arguments));

    ChildProcess process =
        ChildProcess.start(new Command("simulator", line, home), home.resolve("simulator.log"));
    process.awaitReady(START_BOUND, () -> process.hasLogged("simulator ready"));
    return new Simulator(process, ownPort);
  }

  public int port() {
    return port;
  }

  /**
   * The address of one of the feed's clusters.
   *
   * @param cluster stocks, crypto, forex, options or indices
   */
  public String webSocketUrl(String cluster) {
    return "ws://127.0.0.1:%d/%s".formatted(port, cluster);
  }

  /** What it has sent until now. */
  public Stats stats() throws IOException, InterruptedException {
    return Stats.parse(Http.get(control("stats")));
  }

  /** Ends the market: no more events, while the connections stay open. */
  public void stopMarket() throws IOException, InterruptedException {
    Http.post(control("stop"), STOP_MARKET_BOUND);
  }

  public long pid() {
    return process.pid();
  }

  /** Ends the simulator at once, as {@code kill -9} does. */
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

  private URI control(String what) {
    return URI.create("http://127.0.0.1:%d/control/%s".formatted(port, what));
  }
}
