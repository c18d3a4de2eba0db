package org.marketanalytics.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line: {@code bin/bench}. */
@Command(
    name = "bench",
    description = "Measures parts of the pipeline beside their limits and peers.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int BAD_ARGUMENTS = 2;
  private static final String PAGE = "docs/performance.md";

  private static final List<Benchmark> ALL =
      List.of(
          new FrameBenchmark(),
          new IngestBenchmark(),
          new SustainedIngestBenchmark(),
          new AggregateBenchmark(),
          new NaiveAggregateBenchmark(),
          new GrowthBenchmark(),
          new StoreBenchmark(),
          new FreshnessBenchmark(),
          new StartBenchmark(),
          new WholeBenchmark());

  @Parameters(paramLabel = "NAME", description = "What to measure. Default: all.")
  private List<String> names = List.of();

  @Option(names = "--list", description = "Show the names and end.")
  private boolean list;

  @Option(names = "--short", description = "Fewer and shorter rounds.")
  private boolean isShort;

  @Option(names = "--summary", paramLabel = "FILE", description = "The results as JSON.")
  private Path summary;

  @Option(
      names = "--docs",
      description = "Measure nothing: put the results of --summary FILE into " + PAGE + ".")
  private boolean docs;

  private BenchCommand() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new BenchCommand());
    commandLine.setParameterExceptionHandler((e, arguments) -> complain(e, BAD_ARGUMENTS));
    commandLine.setExecutionExceptionHandler((e, line, parsed) -> complain(e, FAILED));
    return commandLine;
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      ALL.forEach(one -> System.out.printf("%-16s %s%n", one.name(), one.description()));
      return 0;
    }
    if (docs) {
      PerformancePage.update(Built.home().resolve(PAGE), Results.read(required(summary)));
      return 0;
    }
    Results results = measure(chosen(names));
    System.out.print(results.table());
    System.out.println("spread: (greatest - least) / median of our rounds");
    if (summary != null) {
      results.write(summary);
    }
    return 0;
  }

  static List<Benchmark> chosen(List<String> names) {
    List<String> known = ALL.stream().map(Benchmark::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "NAME=%s is not allowed; allowed: %s".formatted(name, String.join(", ", known)));
      }
    }
    return ALL.stream().filter(one -> names.isEmpty() || names.contains(one.name())).toList();
  }

  private Results measure(List<Benchmark> benchmarks) throws Exception {
    List<Result> results = new ArrayList<>();
    for (Benchmark benchmark : benchmarks) {
      Path folder = Built.home().resolve("bench/target/run/" + benchmark.name());
      empty(folder);
      System.err.printf("%s: %s%n", benchmark.name(), benchmark.description());
      results.addAll(benchmark.run(isShort ? Effort.SHORT : Effort.FULL, folder));
    }
    return new Results(results);
  }

  private static Path required(Path summary) {
    if (summary == null) {
      throw new IllegalArgumentException("--docs needs --summary FILE, the results of a run");
    }
    return summary;
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> entries = Files.walk(folder)) {
        for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(entry);
        }
      }
    }
    Files.createDirectories(folder);
  }

  /** One line. */
  private static int complain(Exception e, int code) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    System.err.println("bench: " + message.strip());
    return e instanceof IllegalArgumentException ? BAD_ARGUMENTS : code;
  }
}
