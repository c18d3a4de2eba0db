package org.marketanalytics.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/reconcile}: whether the rows of a demo that runs are what its events say. */
@Command(
    name = "reconcile",
    description =
        "Compares every row of the demo's database with what the events on market.raw say, while the demo runs.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every row is what the events say",
      "1:rows differ",
      "2:bad arguments",
      "3:nothing could be compared: no demo runs, or its market is in its first minutes"
    })
final class ReconcileCommand implements Callable<Integer> {

  private static final int FAILED = 3;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The demo's data folder. Default: target/demo of the project.")
  private Path data;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Bars that start and averages that end from here on, as 2026-03-02T14:30:00Z. Default: all.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description =
          "Rows that end at this time or before, provisional ones too. Default: what nothing can change any more.")
  private String to;

  @Override
  public Integer call() throws InterruptedException {
    try {
      Path folder = data == null ? DemoCommand.defaultData() : data.toAbsolutePath().normalize();
      Connections connections = Connections.read(folder);
      Reconciliation.Result result =
          Reconciliation.run(
              folder.resolve("bin-reconcile"),
              connections.bootstrapServers(),
              connections.jdbcUrl(),
              Database.credentials(folder.resolve("database"), Database.READER),
              arguments(connections));
      result.lines().forEach(System.out::println);
      return result.exitCode();
    } catch (IOException e) {
      System.err.println("reconcile: " + e.getMessage());
      return FAILED;
    }
  }

  private String[] arguments(Connections connections) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--slide",
                connections.slide().toSeconds() + "s",
                "--lateness",
                connections.lateness().toSeconds() + "s"));
    if (from != null) {
      arguments.addAll(List.of("--from", from));
    }
    if (to != null) {
      arguments.addAll(List.of("--to", to));
    }
    return arguments.toArray(String[]::new);
  }
}
