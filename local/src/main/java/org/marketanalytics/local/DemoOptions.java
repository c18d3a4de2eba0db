package org.marketanalytics.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The command line of the demo. A field that is null was not given. */
final class DemoOptions {

  private static final int SMALL_RATE = 10_000;

  /** The simulator takes no greater speed, but {@code max}. */
  private static final double GREATEST_SPEED = 1_000;

  private static final Duration LONGEST_LATENESS = Duration.ofHours(1);

  static final int HTTP_PORT = 8080;
  static final int KAFKA_PORT = 9092;
  static final int MYSQL_PORT = 3306;
  static final int SIMULATOR_PORT = 8090;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "End by itself, this long after all is ready (90s, 2m, PT2H), with a summary. Default: run until Ctrl-C.")
  Duration time;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Write the summary of a timed run to FILE as JSON, too.")
  Path summary;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where records, rows, checkpoint and logs are kept; a second run goes on where the first stopped. Default: target/demo of the project; with --live target/demo-live; of a replay target/demo-replay, which is emptied first.")
  Path data;

  @Option(
      names = "--database",
      paramLabel = "mysql|mariadb|auto",
      description = "auto: MySQL where its system libraries load, else MariaDB. Default: auto.")
  DatabaseProduct database = DatabaseProduct.AUTO;

  @Option(
      names = "--slide",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Distance of two moving averages, whole seconds from 1s to 60s. Default: 1s.")
  Duration slide = Duration.ofSeconds(1);

  @Option(
      names = "--lateness",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How late an event may come and still count, whole seconds from 1s to 1h; a data folder keeps that of its first run. Default: 2m.")
  Duration lateness = Duration.ofMinutes(2);

  @Option(
      names = "--reconcile",
      description =
          "At the end of a timed run wait until every bar is final (the lateness and up to a minute), then compare every row of the data folder with what the events say.")
  boolean reconcile;

  @Option(
      names = "--symbols",
      paramLabel = "N",
      description = "Symbols of the simulated market. Default: 50.")
  Integer symbols;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Trades a second of the simulated market. Default: 1000.")
  Integer rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same market. Default: 1.")
  Long seed;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description =
          "Replay recorded events (JSON lines, plain or gzip) instead of a market. The job's clock does not go back: with --data, give a folder that no demo has run on.")
  Path replay;

  @Option(
      names = "--speed",
      paramLabel = "N|max",
      description =
          "With --replay: how many times faster than it was, 1 to 1000, or max. Default: 1.")
  String speed;

  @Option(
      names = "--record",
      paramLabel = "DIR",
      description =
          "Record every frame of the feed into a folder that exists, a file each hour; --replay plays one.")
  Path record;

  @Option(
      names = "--live",
      description =
          "The real feed instead of the simulator, with the key in the environment variable POLYGON_API_KEY.")
  boolean live;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description =
          "Port of page and metrics. A port that is given has to be free; one that is not given is, if its default is in use, any that is free. Default: "
              + HTTP_PORT
              + ".")
  Integer httpPort;

  @Option(names = "--kafka-port", paramLabel = "PORT", description = "Default: " + KAFKA_PORT + ".")
  Integer kafkaPort;

  @Option(names = "--mysql-port", paramLabel = "PORT", description = "Default: " + MYSQL_PORT + ".")
  Integer mysqlPort;

  @Option(
      names = "--simulator-port",
      paramLabel = "PORT",
      description = "Default: " + SIMULATOR_PORT + ".")
  Integer simulatorPort;

  /**
   * Checks what one option's type alone does not.
   *
   * @throws IllegalArgumentException one line naming option, value and what is allowed
   */
  void validate() {
    require(
        slide.toMillis() % 1000 == 0 && slide.toSeconds() <= 60,
        "--slide",
        slide,
        "whole seconds from 1s to 60s");
    require(
        lateness.toMillis() % 1000 == 0 && lateness.compareTo(LONGEST_LATENESS) <= 0,
        "--lateness",
        lateness,
        "whole seconds from 1s to 1h");
    require(symbols == null || symbols > 0, "--symbols", symbols, "1 or more");
    require(rate == null || rate > 0, "--rate", rate, "1 or more");
    require(speed == null || isSpeed(speed), "--speed", speed, "1 to 1000, or max");
    if (speed != null && replay == null) {
      throw new IllegalArgumentException(
          "--speed: %s is not allowed without --replay; a market of now has the speed of time"
              .formatted(speed));
    }
    require(
        record == null || (Files.isDirectory(record) && Files.isWritable(record)),
        "--record",
        record,
        "a folder that exists and can be written to");
    requirePort("--http-port", httpPort);
    requirePort("--kafka-port", kafkaPort);
    requirePort("--mysql-port", mysqlPort);
    requirePort("--simulator-port", simulatorPort);
    if (summary != null && time == null) {
      throw new IllegalArgumentException("--summary: only a timed run has one; add --for TIME");
    }
    if (reconcile && (time == null || live)) {
      throw new IllegalArgumentException(
          "--reconcile: needs a market that ends; add --for TIME, and leave --live out");
    }
    if (summary != null) {
      requireWritable(summary);
    }
    if (live && (replay != null || symbols != null || rate != null || seed != null)) {
      throw new IllegalArgumentException(
          "--live takes the real feed; --replay, --symbols, --rate and --seed are the simulator's");
    }
    if (live && apiKey().isBlank()) {
      throw new IllegalArgumentException(
          "--live needs your key in the environment variable " + ChildProcess.API_KEY);
    }
  }

  /** JVM options by how much there will be to do. */
  List<String> compilers() {
    return isSmall() ? Java.QUICK_START : Java.THROUGHPUT;
  }

  /** Tasks of the job, 0 for one a core: in a small market a second one has little to do. */
  int tasks() {
    return isSmall() ? 1 : 0;
  }

  private boolean isSmall() {
    return !live && replay == null && (rate == null || rate <= SMALL_RATE);
  }

  static String apiKey() {
    String key = System.getenv(ChildProcess.API_KEY);
    return key == null ? "" : key;
  }

  private static boolean isSpeed(String text) {
    if (text.equals("max")) {
      return true;
    }
    try {
      double value = Double.parseDouble(text);
      return value >= 1 && value <= GREATEST_SPEED;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** A run of hours must not find at its end that it cannot write what it was for. */
  private static void requireWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean writable =
        Files.exists(file)
            ? Files.isRegularFile(file) && Files.isWritable(file)
            : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    require(writable, "--summary", file, "a file that can be written, in a folder that exists");
  }

  private static void requirePort(String option, Integer port) {
    require(port == null || (port > 0 && port < 65_536), option, port, "1 to 65535");
  }

  private static void require(boolean met, String option, Object value, String allowed) {
    if (!met) {
      throw new IllegalArgumentException(
          "%s: %s is not allowed; allowed: %s".formatted(option, value, allowed));
    }
  }
}
