package org.marketanalytics.local;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** One run of the whole pipeline: start, watch, drain, sum up, stop. */
final class Demo {

  /** Rows are not what the events say. */
  static final int DIFFERENT = 1;

  /** All parts ran, and the figures of a timed run are right. */
  static final int SUCCEEDED = 0;

  /**
   * A timed run ended, but events were lost, rows are missing, dead letters were written or
   * something could not be measured.
   */
  static final int WRONG_FIGURES = 3;

  /** Of the comparison's log in the data folder. */
  static final String RECONCILE = "reconcile";

  private static final URI GRAFANA = URI.create("http://127.0.0.1:3000/api/health");

  private final DemoOptions options;
  private final Path data;
  private final Screen screen;

  Demo(DemoOptions options, Path data, Screen screen) {
    this.options = options;
    this.data = data;
    this.screen = screen;
  }

  /**
   * Runs until the time is over; where none was given, until this process is told to end.
   *
   * @return the exit code of a timed run
   * @throws PartFailedException when a part cannot be started, or dies
   */
  int run() throws IOException, InterruptedException, SQLException {
    screen.line("starting on 127.0.0.1; data and logs in %s", data);
    DemoPorts ports = DemoPorts.of(options);
    Freshness freshness = new Freshness(options.slide);
    try (Memory memory = new Memory().start();
        Parts parts = Parts.start(options, ports, data, screen);
        FreshnessProbe probe = new FreshnessProbe(parts.database(), freshness).start()) {
      Watch watch = new Watch(parts, freshness, memory, screen);
      if (isMarketOfNow()) {
        watch.awaitNewRow(probe);
      }
      double readySeconds = secondsSinceStart();
      freshness.measureFrom(System.currentTimeMillis());
      point(parts, readySeconds);

      if (options.time == null) {
        screen.line("Ctrl-C stops all");
        watch.forever();
      }
      watch.until(System.nanoTime() + options.time.toNanos());
      screen.line("time is over; waiting until all that was sent is stored");
      String stuck = watch.drain();
      String wrong = isMarketOfNow() ? complaint(watch, probe) : "";
      Reconciled reconciled = null;
      if (options.reconcile && stuck.isEmpty()) {
        stuck = awaitLastRows(watch);
        reconciled = stuck.isEmpty() ? reconcile(parts) : null;
      }
      freshness.settleBefore(Long.MAX_VALUE);
      Summary summary = watch.summary(options.replay != null, isMarketOfNow(), readySeconds);
      String complaint =
          Stream.of(stuck, summary.complaint(), wrong)
              .filter(text -> !text.isEmpty())
              .findFirst()
              .orElse("");
      Map<String, String> more = isMarketOfNow() ? fromSocket(freshness) : new LinkedHashMap<>();
      return sumUp(summary, more, Optional.ofNullable(reconciled), complaint, memory);
    }
  }

  /** The times of a replay do not say when its rows are due, nor when a closed exchange's are. */
  private boolean isMarketOfNow() {
    return !options.live && options.replay == null;
  }

  private static String complaint(Watch watch, FreshnessProbe probe) throws InterruptedException {
    return probe.hasFailed() ? "freshness was not measured to the end" : watch.pageComplaint();
  }

  private String awaitLastRows(Watch watch) throws IOException, InterruptedException, SQLException {
    screen.line(
        "waiting until the last rows are final: the lateness of %d s and up to a minute, at most %d s",
        options.lateness.toSeconds(), LastRows.bound(options.lateness).toSeconds());
    screen.line(
        "  to see a row found that is changed by hand: bin/sql --write \"UPDATE moving_averages SET ...\"; a bar is written again when it becomes final");
    return watch.awaitLastRows(options.lateness);
  }

  private Reconciled reconcile(Parts parts) throws IOException, InterruptedException, SQLException {
    screen.line("comparing every row with the events");
    Reconciliation.Result result =
        Reconciliation.run(
            data.resolve(RECONCILE),
            parts.broker().bootstrapServers(),
            parts.database(),
            "--slide",
            options.slide.toSeconds() + "s",
            "--lateness",
            options.lateness.toSeconds() + "s",
            "--to",
            LastRows.end(parts.database()).toString());
    result.lines().forEach(line -> screen.line("%s", line));
    return new Reconciled(LastRows.finalBars(parts.database()), result);
  }

  /** Null, too, where the run was shorter than the warm-up. */
  private static Map<String, String> fromSocket(Freshness freshness) {
    Map<String, String> figures = new LinkedHashMap<>();
    for (int percentage : new int[] {50, 99}) {
      OptionalLong millis = freshness.fromSocketMillis(percentage);
      figures.put(
          "socket_to_row_p%d_ms".formatted(percentage),
          millis.isPresent() ? Long.toString(millis.getAsLong()) : "null");
    }
    return figures;
  }

  private int sumUp(
      Summary summary,
      Map<String, String> more,
      Optional<Reconciled> reconciled,
      String complaint,
      Memory memory)
      throws IOException {
    reconciled.ifPresent(result -> more.putAll(result.figures()));
    screen.line("%n%s", summary.table(more));
    screen.line("  peak MiB by part: %s", memory.peakMibByPart());
    if (options.summary != null) {
      Files.writeString(options.summary, summary.json(more));
    }
    String difference = reconciled.map(Reconciled::complaint).orElse("");
    if (complaint.isEmpty() && difference.isEmpty()) {
      return SUCCEEDED;
    }
    Stream.of(difference, complaint)
        .filter(line -> !line.isEmpty())
        .forEach(line -> System.err.println("demo: " + line));
    return reconciled.filter(Reconciled::isDifferent).isPresent() ? DIFFERENT : WRONG_FIGURES;
  }

  private void point(Parts parts, double readySeconds) throws IOException, InterruptedException {
    Database database = parts.database();
    Application application = parts.application();
    new Connections(
            database.jdbcUrl(),
            parts.broker().bootstrapServers(),
            application.page().toString(),
            options.slide,
            options.lateness)
        .write(data);
    screen.line("ready after %.1f s", readySeconds);
    screen.pointer("page", application.page().toString());
    screen.pointer("metrics", application.metrics().toString());
    screen.pointer("job metrics", parts.job().metrics().toString());
    screen.pointer("SQL", sqlCommand() + " 'SELECT * FROM bars ORDER BY bar_start DESC LIMIT 5'");
    if (grafanaAnswers()) {
      screen.pointer(
          "Grafana",
          "%s with a MySQL data source for 127.0.0.1:%d, user %s, password in %s"
              .formatted(
                  GRAFANA.resolve("/"),
                  database.port(),
                  database.grafana().user(),
                  database.passwordFile()));
    }
  }

  private String sqlCommand() throws PartFailedException {
    Path home = Project.home();
    String command = home.resolve("bin/sql").toString();
    return data.equals(DemoCommand.defaultData()) ? command : command + " --data " + data;
  }

  private static boolean grafanaAnswers() throws InterruptedException {
    try {
      return Http.get(GRAFANA).contains("database");
    } catch (IOException e) {
      return false;
    }
  }

  private static double secondsSinceStart() {
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    return (System.currentTimeMillis() - started) / 1000.0;
  }
}
