package org.marketanalytics.simulator;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.marketanalytics.simulator.faults.BadStep;
import org.marketanalytics.simulator.faults.FaultStep;
import org.marketanalytics.simulator.feed.FrameRules;
import org.marketanalytics.simulator.feed.Pace;
import org.marketanalytics.simulator.feed.ServerSettings;
import org.marketanalytics.simulator.feed.SimulatorServer;
import org.marketanalytics.simulator.market.Cluster;
import org.marketanalytics.simulator.market.MarketSettings;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the feed simulator. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    version = "simulator 1.0.0",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Speaks Polygon's protocol on one port: a seeded random market, or a replay of recorded events.",
      ""
    },
    footer = {
      "",
      "WebSocket  /stocks /crypto /forex /options /indices",
      "REST       GET /v2/aggs/ticker/{ticker}/range/{n}/{second|minute}/{from}/{to},",
      "           GET /v3/trades/{ticker}, GET /v1/marketstatus/now, GET /v1/marketstatus/upcoming",
      "Control    GET /control/stats, POST /control/stop (the market ends with its current second),",
      "           GET, POST, DELETE /control/faults (what goes wrong, one step, an end of it)",
      "",
      "Prints `simulator ready port=N` on standard output when it listens; logs on standard error.",
      "Exit code: 0 ended in order, 1 cannot start, 2 bad option."
    })
public final class SimulatorCommand implements Callable<Integer> {
  private static final int CANNOT_START = 1;
  private static final int BAD_OPTION = 2;

  @Spec private CommandSpec spec;

  @ArgGroup(validate = false, heading = "%nServer%n")
  private final ServerOptions server = new ServerOptions();

  @ArgGroup(validate = false, heading = "%nRandom market%n")
  private final MarketOptions market = new MarketOptions();

  @ArgGroup(validate = false, heading = "%nReplay%n")
  private final ReplayOptions replay = new ReplayOptions();

  @ArgGroup(validate = false, heading = "%nFaults%n")
  private final FaultOptions faults = new FaultOptions();

  @Option(
      names = "--speed",
      paramLabel = "N",
      converter = Ranges.Speed.class,
      description =
          "Seconds of the market or of the recording a second, above 0 to 1000; 0 or max: as fast as the clients"
              + " take it (a market: only with --lossless). Default: 1.")
  private double speed = 1;

  /** Runs the command and leaves with its exit code; while the server runs it does not return. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new SimulatorCommand())
        .setParameterExceptionHandler(SimulatorCommand::badOption)
        .setExecutionExceptionHandler(SimulatorCommand::cannotStart);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ServerSettings settings = settings();
    SimulatorServer simulator = started(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "shutdown"));
    PrintWriter out = spec.commandLine().getOut();
    out.println("simulator ready port=" + simulator.port());
    out.flush();
    if (replay.exitAtEnd) {
      simulator.ended().join();
    } else {
      new CountDownLatch(1).await();
    }
    return CommandLine.ExitCode.OK;
  }

  private SimulatorServer started(ServerSettings settings) throws IOException {
    try {
      return SimulatorServer.start(settings);
    } catch (BadStep e) {
      throw bad("--faults " + faults.script + ": " + e.getMessage());
    }
  }

  private List<FaultStep> steps() {
    try {
      return faults.steps(market.seed);
    } catch (BadStep e) {
      throw bad(e.getMessage());
    }
  }

  private ServerSettings settings() {
    Pace pace = new Pace(speed == 0 ? Double.POSITIVE_INFINITY : speed);
    boolean replays = replay.file != null;
    if (pace.unbounded() && !server.lossless && !replays) {
      throw bad(
          "--speed max: only with --lossless or --replay, else every client would be too slow");
    }
    if (replays && !Files.isReadable(replay.file)) {
      throw bad("--replay " + replay.file + ": not a file that can be read");
    }
    if (replay.exitAtEnd && !replays) {
      throw bad("--exit-at-end: only with --replay, a market has no end");
    }
    if (replays && faults.revised.signum() > 0) {
      throw bad("--revise: only for a market, a replay sends what was recorded");
    }
    return new ServerSettings(
        server.host,
        server.port,
        Set.copyOf(server.apiKeys),
        Set.copyOf(server.keysWithoutAccess),
        Set.copyOf(server.keysWithoutRest),
        server.restLimit,
        server.maxConnections,
        server.authenticationLimit,
        (long) server.sendBufferMib << 20,
        server.lossless || replays,
        new FrameRules(server.frameEvents, server.flushInterval),
        pace,
        replays ? List.of() : markets(),
        Optional.ofNullable(replay.file),
        server.history,
        steps(),
        Optional.ofNullable(faults.journal));
  }

  private List<MarketSettings> markets() {
    List<MarketSettings> markets = new ArrayList<>();
    for (Cluster cluster : EnumSet.copyOf(market.clusters)) {
      markets.add(
          new MarketSettings(
              cluster,
              market.seed,
              market.symbols,
              market.rate,
              market.quotes,
              market.sessions,
              Optional.ofNullable(market.start),
              market.aggregateDelay));
    }
    return markets;
  }

  private ParameterException bad(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static int badOption(ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("simulator: " + e.getMessage().replace(System.lineSeparator(), " "));
    err.flush();
    return BAD_OPTION;
  }

  private static int cannotStart(
      Exception e, CommandLine commandLine, CommandLine.ParseResult arguments) {
    PrintWriter err = commandLine.getErr();
    err.println("simulator: cannot start: " + e.getMessage());
    err.flush();
    return CANNOT_START;
  }
}
