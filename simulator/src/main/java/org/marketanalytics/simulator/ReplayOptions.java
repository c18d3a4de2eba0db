package org.marketanalytics.simulator;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of a replay. */
final class ReplayOptions {
  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description =
          "Replays a file instead of a random market: JSON lines, plain or gzip, each an event or an array of"
              + " events as captured. It begins with the first subscription and keeps the order of the file and"
              + " the distances of the event times (jumps over 10 minutes are not waited for). Lines that are no"
              + " events are sent as they are, to whoever is subscribed to anything.")
  Path file;

  @Option(
      names = "--exit-at-end",
      description = "Close the connections and exit when the replay is over; else they stay open.")
  boolean exitAtEnd;
}
