package org.marketanalytics.local;

import java.io.IOException;
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
      "0:a timed run ended, and every event sent is on the raw topic, rows are in both tables, and there are no dead letters",
      "1:a part could not be started or died, a port that was given or the data folder is in use",
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
      Path data = options.data == null ? defaultData() : options.data;
      try (DataFolder folder = DataFolder.take(data)) {
        announceStop();
        return new Demo(options, folder.path(), new Screen(System.out)).run();
      }
    } catch (IOException | SQLException e) {
      if (!ChildProcess.isShuttingDown()) {
        System.err.println("demo: " + e.getMessage());
      }
      return FAILED;
    }
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
