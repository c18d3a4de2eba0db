package org.marketanalytics.simulator;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.marketanalytics.simulator.faults.BadStep;
import org.marketanalytics.simulator.faults.FaultScript;
import org.marketanalytics.simulator.faults.FaultStep;
import picocli.CommandLine.Option;

/** Options of what goes wrong, and of the record of what would have been. */
final class FaultOptions {
  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description =
          "A script of faults: a JSON array of steps such as {\"at\":30,\"fault\":\"drop\",\"how\":\"abort\"}, times"
              + " in seconds since the market began. docs/simulator.md lists them; POST /control/faults takes one.")
  Path script;

  @Option(
      names = "--revise",
      paramLabel = "SHARE",
      converter = Ranges.Share.class,
      description =
          "Share of the seconds (A, XAS, CAS) that a market sends again within five seconds, with other values;"
              + " the later one counts. Default: 0.")
  BigDecimal revised = BigDecimal.ZERO;

  @Option(
      names = "--disorder",
      paramLabel = "SHARE",
      converter = Ranges.Share.class,
      description =
          "Share of the events that are sent out of their order, up to two seconds later. Default: 0.")
  BigDecimal disordered = BigDecimal.ZERO;

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description =
          "Writes every event that was made for a channel subscribed to so far, delivered or not, in the order in"
              + " which it was made: gzip, a JSON line each, as --replay reads it.")
  Path journal;

  /**
   * The script, and what the options stand for.
   *
   * @throws BadStep naming the file, its step and what is allowed
   */
  List<FaultStep> steps(long seed) throws BadStep {
    List<FaultStep> steps = new ArrayList<>();
    if (script != null) {
      try {
        steps.addAll(FaultScript.parse(Files.readAllBytes(script)));
      } catch (BadStep e) {
        throw new BadStep("--faults " + script + ": " + e.getMessage());
      } catch (IOException e) {
        throw new BadStep("--faults " + script + ": not a file that can be read");
      }
    }
    if (revised.signum() > 0) {
      steps.add(step("{\"at\":0,\"fault\":\"revise\",\"share\":%s}".formatted(revised)));
    }
    if (disordered.signum() > 0) {
      steps.add(
          step(
              "{\"at\":0,\"fault\":\"reorder\",\"share\":%s,\"seed\":%d}"
                  .formatted(disordered, seed)));
    }
    return steps;
  }

  private static FaultStep step(String json) throws BadStep {
    return FaultScript.parseStep(json.getBytes(StandardCharsets.UTF_8));
  }
}
