package org.marketanalytics.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A timed run of {@code ./demo} as its users start it. */
final class DemoRun {

  private static final long BOUND_MINUTES = 15;

  private DemoRun() {}

  /**
   * Runs the demo to its end.
   *
   * @param folder an empty one
   * @return its summary
   * @throws IOException when it fails, or its figures are wrong
   */
  static JsonNode run(Path folder, String... arguments) throws IOException, InterruptedException {
    Path log = folder.resolveSibling(folder.getFileName() + ".log");
    Path summary = folder.resolveSibling(folder.getFileName() + ".json");
    List<String> line = new ArrayList<>();
    line.add(Built.home().resolve("demo").toString());
    line.addAll(List.of("--data", folder.toString(), "--summary", summary.toString()));
    line.addAll(List.of(arguments));
    Process demo =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    // SIGTERM, at which it stops all that it has started
    Thread stop = new Thread(demo::destroy);
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      if (!demo.waitFor(BOUND_MINUTES, TimeUnit.MINUTES) || demo.exitValue() != 0) {
        throw new IOException("the demo did not end as it should; see " + log);
      }
    } finally {
      demo.destroy();
      demo.waitFor();
      Runtime.getRuntime().removeShutdownHook(stop);
    }
    return new ObjectMapper().readTree(summary.toFile());
  }

  static double figure(JsonNode summary, String name) {
    JsonNode figure = summary.get(name);
    return figure == null || figure.isNull() ? Double.NaN : figure.asDouble();
  }
}
