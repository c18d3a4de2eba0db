package org.marketanalytics.local.drill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.marketanalytics.local.Simulator;

/** A simulated market with a journal, its clock, and what can be made to go wrong with its feed. */
final class Market implements AutoCloseable {

  /** So that an application that takes some seconds to start sees the next minute whole. */
  private static final Duration START_IN_MINUTE = Duration.ofSeconds(40);

  /** A quarter of it holds over two minutes of 5,000 trades a second. */
  private static final int HEAP_MIB = 512;

  private static final Duration BOUND = Duration.ofSeconds(50);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Simulator simulator;
  private final Path journal;
  private long knownMillis;
  private long knownAtNanos;

  /**
   * What there is of it.
   *
   * @param rate trades a second over all symbols
   * @param input what the rows are made of, in the words of the job
   */
  record Size(long rate, int symbols, long seed, String input) {}

  private Market(Simulator simulator, Path journal) {
    this.simulator = simulator;
    this.journal = journal;
  }

  static Market open(Path directory, Size size) throws IOException, InterruptedException {
    Path journal = directory.resolve("journal.jsonl.gz");
    Instant now = Instant.now();
    Instant start = now.truncatedTo(ChronoUnit.MINUTES).plus(START_IN_MINUTE);
    if (start.isAfter(now)) {
      start = start.minus(Duration.ofMinutes(1));
    }
    Simulator simulator =
        Simulator.start(
            directory,
            0,
            HEAP_MIB,
            "--clusters=stocks",
            "--rate=" + size.rate(),
            "--symbols=" + size.symbols(),
            "--seed=" + size.seed(),
            "--start=" + start,
            // every gap is shorter, and what is kept does not grow for hours
            "--history=4m",
            "--journal=" + journal);
    return new Market(simulator, journal);
  }

  String webSocketUrl() {
    return simulator.webSocketUrl("stocks");
  }

  long pid() {
    return simulator.pid();
  }

  Path journal() {
    return journal;
  }

  /**
   * Returns once events are delivered; then the clock is right.
   *
   * @throws IOException when there are none within the bound
   */
  void awaitDelivery() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + BOUND.toNanos();
    long millis = 0;
    while (millis == 0) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the application takes no events of the feed");
      }
      Thread.sleep(POLL.toMillis());
      millis = number(control("GET", "stats", ""), "last_event_ms");
    }
    knownMillis = millis;
    knownAtNanos = System.nanoTime();
  }

  /** The time at the feed, in ms. */
  long nowMillis() {
    return knownMillis + (System.nanoTime() - knownAtNanos) / 1_000_000;
  }

  /** How many messages were sent; it grows while a link delivers. */
  long framesSent() throws IOException, InterruptedException {
    return number(control("GET", "stats", ""), "frames_sent");
  }

  /** Plays a fault, in the words of the simulator. */
  void fault(String json) throws IOException, InterruptedException {
    control("POST", "faults", json);
  }

  /** Ends the market; returns how many events there were. */
  long stop() throws IOException, InterruptedException {
    return number(control("POST", "stop", ""), "events_made");
  }

  @Override
  public void close() {
    simulator.close();
  }

  private String control(String method, String what, String body)
      throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:%d/control/%s".formatted(simulator.port(), what));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(BOUND)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s %s answered %d: %s"
              .formatted(method, address, response.statusCode(), response.body()));
    }
    return response.body();
  }

  private static long number(String json, String name) throws IOException {
    Matcher matcher = Pattern.compile("\"" + name + "\":(\\d+)").matcher(json);
    if (!matcher.find()) {
      throw new IOException("no " + name + " in " + json);
    }
    return Long.parseLong(matcher.group(1));
  }
}
