package org.marketanalytics.simulator;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.marketanalytics.simulator.feed.RestLimit;
import picocli.CommandLine.Option;

/** Options of the server and its clients. */
final class ServerOptions {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address to listen at; 0.0.0.0 in a container, where no other reaches it. Default: 127.0.0.1.")
  InetAddress host = InetAddress.getLoopbackAddress();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = Ranges.Port.class,
      description = "Port, 0 for a free one. Default: 0.")
  int port;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description = "An API key that is good; may be repeated. Default: any that is not blank.")
  List<String> apiKeys = new ArrayList<>();

  @Option(
      names = "--no-access-key",
      paramLabel = "KEY",
      description =
          "An API key whose plan has no access to the WebSocket (auth_failed with that text); may be repeated.")
  List<String> keysWithoutAccess = new ArrayList<>();

  @Option(
      names = "--no-rest-key",
      paramLabel = "KEY",
      description =
          "An API key whose plan has no access to the REST interface (403); may be repeated.")
  List<String> keysWithoutRest = new ArrayList<>();

  @Option(
      names = "--rest-limit",
      paramLabel = "N/MINUTE",
      converter = Ranges.RequestLimit.class,
      description =
          "REST requests of a key within a minute, such as 5/MINUTE, or within a second, such as 100/SECOND; one"
              + " more gets 429 with Retry-After. Default: any number.")
  RestLimit restLimit = RestLimit.NONE;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      converter = Ranges.Connections.class,
      description =
          "Authenticated connections for each cluster; one more gets max_connections and is closed (1008)."
              + " Default: 0, any number.")
  int maxConnections;

  @Option(
      names = "--auth-timeout",
      paramLabel = "TIME",
      converter = Ranges.Length.class,
      description = "How long a connection may stay without a key. Default: 30s.")
  Duration authenticationLimit = Duration.ofSeconds(30);

  @Option(
      names = "--send-buffer-mib",
      paramLabel = "MIB",
      converter = Ranges.Mebibytes.class,
      description =
          "MiB that may be pending for a client before it gets slow_consumer and is closed. Default: 64.")
  int sendBufferMib = 64;

  @Option(
      names = "--lossless",
      description =
          "The market begins with the first subscription and waits for clients that are behind, instead of"
              + " closing them. A replay always does.")
  boolean lossless;

  @Option(
      names = "--frame-events",
      paramLabel = "N",
      converter = Ranges.FrameEvents.class,
      description = "Most events in a frame. Default: 100.")
  int frameEvents = 100;

  @Option(
      names = "--flush-interval",
      paramLabel = "TIME",
      converter = Ranges.Length.class,
      description = "How often what there is is sent. Default: 10ms.")
  Duration flushInterval = Duration.ofMillis(10);

  @Option(
      names = "--history",
      paramLabel = "TIME",
      converter = Ranges.Length.class,
      description =
          "How far back the aggregates of the REST interface reach, in time of the market; less, with a warning,"
              + " where that does not fit into a quarter of the heap (64 bytes a second and symbol). Trades reach"
              + " back as far as another quarter holds (about 200 bytes each). Default: 4h.")
  Duration history = Duration.ofHours(4);
}
