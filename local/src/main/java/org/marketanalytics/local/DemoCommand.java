package org.marketanalytics.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./demo}. */
@Command(
    name = "demo",
    description =
        "Runs the whole pipeline on this machine, with a simulated market: no Docker, no key.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:a timed run ended, and every event sent is on the raw topic, its rows are in both tables and on the page, and there are no dead letters",
      "1:a part could not be started or died, a port that was given or the data folder is in use; or --reconcile found rows that are not what the events say",
      "2:bad arguments",
      "3:a timed run ended with figures that are not right",
      "130, 143:stopped by Ctrl-C or SIGTERM"
    },
    footer = {
      "",
      "Freshness is the age of a new moving average when a SELECT first returns it: from the end of the second it newly stands on."
    })
final class DemoCommand implements Callable<Integer> {

  private static final int FAILED = 1;

  @Mixin private DemoOptions options;
  @Spec private CommandSpec spec;

  /** Where data is kept when no other place is given. */
  static Path defaultData() throws PartFailedException {
    return Project.home().resolve("target/demo");
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      options.validate();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    try {
      try (DataFolder folder = DataFolder.take(data())) {
        return run(folder);
      }
    } catch (IOException e) {
      return failed(e);
    }
  }

  /** No part outlives this method, so that the folder is free when it is given back. */
  private int run(DataFolder folder) throws InterruptedException {
    try {
      if (options.replay != null) {
        makeNewFor(folder);
      }
      announceStop();
      return new Demo(options, folder.path(), new Screen(System.out)).run();
    } catch (IOException | SQLException e) {
      return failed(e);
    } finally {
      ChildProcess.stopAll();
    }
  }

  private Path data() throws PartFailedException {
    if (options.data != null) {
      return options.data;
    }
    if (options.replay != null) {
      return Project.home().resolve("target/demo-replay");
    }
    // the simulator's market has real symbols: its rows are not to mix with real ones
    return options.live ? Project.home().resolve("target/demo-live") : defaultData();
  }

  /** The job's clock stands in its checkpoint; what is replayed would all be too late for it. */
  private void makeNewFor(DataFolder folder) throws IOException {
    if (options.data == null) {
      folder.empty();
    } else if (Files.exists(Job.checkpoint(folder.path().resolve(Parts.JOB)))) {
      throw new PartFailedException(
          "--data: %s was used by an earlier run, for whose clock the replayed events are too late; give an empty folder, or leave --data out"
              .formatted(folder.path()));
    }
  }

  private static int failed(Exception e) {
    if (!ChildProcess.isShuttingDown()) {
      System.err.println("demo: " + e.getMessage());
    }
    return FAILED;
  }

  private static void announceStop() {
    Thread announcement =
        new Thread(
            () -> {
              if (!ChildProcess.running().isEmpty()) {
                System.out.println("stopping all parts");
              }
            },
            "announce-stop");
    Runtime.getRuntime().addShutdownHook(announcement);
  }
}
