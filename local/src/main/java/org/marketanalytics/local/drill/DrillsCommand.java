package org.marketanalytics.local.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.marketanalytics.local.DurationConverter;
import org.marketanalytics.local.PartFailedException;
import org.marketanalytics.local.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bin/drills}. */
@Command(
    name = "drills",
    description = {
      "Breaks the running pipeline, each drill in its own way, and proves that no row is lost or wrong.",
      "",
      "A drill starts real processes on a fresh folder (target/drills/NAME), lets a market run, plays its fault in mid-load, and lets the market run on. "
          + "Then both tables, all columns but revision and updated_at, have to equal those of an undisturbed run over the simulator's journal, which has every event that was made, delivered or not."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no row was lost or wrong",
      "1:a row was, or a drill could not be done",
      "2:bad arguments"
    })
public final class DrillsCommand implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int SHOWN = 5;
  private static final List<String> INPUTS = List.of("aggregates", "trades");
  private static final String HEADING =
      """
      | drill | what goes wrong | events | rows | lost | wrong | recovered after s |
      |---|---|--:|--:|--:|--:|--:|
      """;

  @Parameters(paramLabel = "NAME", description = "Which drills; all when none is named.")
  private List<String> names = List.of();

  @Option(names = "--list", description = "Name the drills and end.")
  private boolean list;

  @Option(
      names = "--short",
      description =
          "A few drills in a few minutes: without names kill-application, kill-job and feed-drops-short. Does not wait until the last minute is final.")
  private boolean quick;

  @Option(names = "--summary", paramLabel = "FILE", description = "Write the results as JSON, too.")
  private Path summary;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where each drill has a folder, emptied before. Default: target/drills of the project.")
  private Path data;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Trades a second of the market. Default: 2000.")
  private Long rate;

  @Option(
      names = "--symbols",
      paramLabel = "N",
      defaultValue = "50",
      description = "Symbols of the market.")
  private int symbols;

  @Option(
      names = "--input",
      paramLabel = "KIND",
      defaultValue = "aggregates",
      description = "What the rows are made of, and gaps filled with: aggregates or trades.")
  private String input;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the market.")
  private long seed;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      defaultValue = "15s",
      converter = DurationConverter.class,
      description = "How long the market runs before the fault, and on after the recovery.")
  private Duration time;

  @Option(
      names = "--outage",
      paramLabel = "TIME",
      defaultValue = "2m",
      converter = DurationConverter.class,
      description = "How long Kafka or MySQL is away in kafka-away and mysql-away.")
  private Duration outage;

  @Option(
      names = "--soak",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Instead of single drills: one market of 5,000 trades a second (unless --rate is given) for so long, every minute a drill at random (--seed). At the end the database is reconciled with the raw topic, too, and no heap may have grown by over a tenth.")
  private Duration soak;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException, PartFailedException {
    List<Drill> drills = drills();
    if (list) {
      Stream.of(Drill.values())
          .forEach(drill -> System.out.printf("%-28s %s%n", drill.word(), drill.description()));
      return 0;
    }
    List<Outcome> outcomes = new ArrayList<>();
    if (soak != null) {
      outcomes.add(played(soak()));
    } else {
      for (Drill drill : drills) {
        outcomes.add(played(run(drill)));
      }
    }
    System.out.println();
    System.out.println(table(outcomes));
    return written(outcomes) && outcomes.stream().allMatch(Outcome::isGood) ? 0 : FAILED;
  }

  private List<Drill> drills() {
    try {
      require(rate == null || (rate >= 1 && rate <= 200_000), "--rate", rate, "1 to 200000");
      require(symbols >= 1 && symbols <= 100_000, "--symbols", symbols, "1 to 100000");
      require(INPUTS.contains(input), "--input", input, String.join(", ", INPUTS));
      Path folder = summary == null ? null : summary.toAbsolutePath().getParent();
      require(
          folder == null || Files.isWritable(folder),
          "--summary",
          summary,
          "a file in a folder that exists and can be written");
      if (names.isEmpty()) {
        return quick ? Drill.quick() : Drill.all();
      }
      return names.stream().map(Drill::of).distinct().toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private DrillRun run(Drill drill) throws PartFailedException {
    Path directory = directory(drill.word());
    return new DrillRun(
        drill.word(),
        drill.description(),
        drill.on(directory, outage),
        directory,
        size(2_000),
        time,
        !quick);
  }

  private DrillRun soak() throws PartFailedException {
    Path directory = directory("soak");
    return new DrillRun(
        "soak",
        "every minute one of them, for " + soak.toMinutes() + " min",
        new Soak(soak, seed, directory, System.out),
        directory,
        size(5_000),
        time,
        true);
  }

  private Market.Size size(long defaultRate) {
    return new Market.Size(rate == null ? defaultRate : rate, symbols, seed, input);
  }

  private Path directory(String name) throws PartFailedException {
    Path parent = data == null ? Project.home().resolve("target/drills") : data.toAbsolutePath();
    return parent.resolve(name);
  }

  private static Outcome played(DrillRun run) throws InterruptedException {
    Outcome outcome;
    try {
      delete(run.directory());
      Files.createDirectories(run.directory());
      outcome = run.play();
    } catch (IOException | SQLException | RuntimeException e) {
      outcome = Outcome.failed(run.name(), run.description(), String.valueOf(e.getMessage()));
    }
    System.out.println(outcome.line());
    if (outcome.comparison() != null) {
      outcome.comparison().differences().stream()
          .limit(SHOWN)
          .forEach(difference -> System.out.println("  " + difference));
    }
    return outcome;
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String table(List<Outcome> outcomes) {
    return outcomes.stream().map(Outcome::markdown).collect(Collectors.joining("\n", HEADING, ""));
  }

  private boolean written(List<Outcome> outcomes) {
    if (summary == null) {
      return true;
    }
    try {
      Files.writeString(
          summary,
          outcomes.stream().map(Outcome::json).collect(Collectors.joining(",\n", "[\n", "\n]\n")));
      return true;
    } catch (IOException e) {
      System.err.println("drills: " + summary + " cannot be written: " + e.getMessage());
      return false;
    }
  }

  private static void require(boolean met, String option, Object value, String allowed) {
    if (!met) {
      throw new IllegalArgumentException(
          "%s: %s is not allowed; allowed: %s".formatted(option, value, allowed));
    }
  }
}
