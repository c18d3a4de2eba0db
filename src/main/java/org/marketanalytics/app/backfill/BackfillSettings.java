package org.marketanalytics.app.backfill;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.marketanalytics.app.ingest.GapRules;

/**
 * What of a gap is fetched, and how.
 *
 * @param url scheme, host and port of the REST interface
 * @param symbols those subscribed to; {@code *} alone is all
 * @param giveUp how long one gap is tried
 */
public record BackfillSettings(
    boolean enabled,
    String url,
    FeedCluster cluster,
    List<String> symbols,
    boolean aggregates,
    boolean trades,
    int requestsPerMinute,
    Duration giveUp) {

  /** Reads the keys that begin with {@code market}. */
  public static BackfillSettings of(UnaryOperator<String> values) {
    String events = values.apply("market.backfill.events");
    FeedCluster cluster = FeedCluster.named(values.apply("market.feed.cluster"));
    return new BackfillSettings(
        enabled(values),
        url(values.apply("market.backfill.url"), values.apply("market.feed.url")),
        cluster,
        Arrays.asList(values.apply("market.feed.symbols").split(",", -1)),
        !events.equals("trades"),
        !events.equals("aggregates") && !cluster.trades().isEmpty(),
        Integer.parseInt(values.apply("market.backfill.requests-per-minute")),
        duration(values.apply("market.backfill.give-up")));
  }

  /** What is taken for a gap, by the same keys. */
  public static GapRules rules(UnaryOperator<String> values) {
    return new GapRules(
        enabled(values),
        duration(values.apply("market.backfill.overlap")),
        duration(values.apply("market.backfill.on-start")),
        duration(values.apply("market.backfill.max")),
        duration(values.apply("market.backfill.delay")));
  }

  boolean all() {
    return symbols.equals(List.of("*"));
  }

  /** What is replayed has no gaps that a feed could fill. */
  private static boolean enabled(UnaryOperator<String> values) {
    return values.apply("market.backfill.enabled").equals("true")
        && values.apply("market.feed.origin").equals("live");
  }

  /** Such as 500ms, 10s, 5m or 24h. */
  static Duration duration(String text) {
    String unit = text.replaceFirst("[0-9]+", "");
    long number = Long.parseLong(text.substring(0, text.length() - unit.length()));
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** The one that is given, or that of the feed's host: the public one, or the same otherwise. */
  static String url(String given, String feed) {
    if (!given.isBlank()) {
      return given.replaceFirst("/+$", "");
    }
    URI link = URI.create(feed.isBlank() ? "wss://socket.polygon.io" : feed);
    for (String domain : List.of("polygon.io", "massive.com")) {
      if (link.getHost().equals(domain) || link.getHost().endsWith("." + domain)) {
        return "https://api." + domain;
      }
    }
    return link.getScheme().replace("ws", "http") + "://" + link.getAuthority();
  }
}
