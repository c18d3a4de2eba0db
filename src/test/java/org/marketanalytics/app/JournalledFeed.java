package org.marketanalytics.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.marketanalytics.local.Simulator;

/**
 * A simulated market that can be disturbed, and tells in the end what an undisturbed client got.
 */
public final class JournalledFeed implements AutoCloseable {
  private final Simulator simulator;
  private final Path journal;

  private JournalledFeed(Simulator simulator, Path journal) {
    this.simulator = simulator;
    this.journal = journal;
  }

  /** Starts it, with options of the simulator. */
  public static JournalledFeed start(Path directory, String... options)
      throws IOException, InterruptedException {
    Path journal = Files.createDirectories(directory).resolve("journal.gz").toAbsolutePath();
    String[] all =
        Stream.concat(Stream.of("--journal", journal.toString()), Stream.of(options))
            .toArray(String[]::new);
    return new JournalledFeed(Simulator.start(directory, 0, all), journal);
  }

  public Simulator simulator() {
    return simulator;
  }

  /** Plays a fault of docs/simulator.md at once. */
  public void play(String fault) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + simulator.port() + "/control/faults");
    HttpRequest request =
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(fault)).build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
  }

  /** Ends the market; the events that it made, in their order. */
  public List<String> stop() throws IOException, InterruptedException {
    simulator.stopMarket();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(journal)), UTF_8))) {
      reader.lines().forEach(lines::add);
    }
    return lines;
  }

  @Override
  public void close() {
    simulator.close();
  }
}
