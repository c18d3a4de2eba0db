package org.marketanalytics.local;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the application's feed does, by its health page.
 *
 * @param state of the link, e.g. LIVE or WAITING; empty when the page does not say
 * @param reason why it is not live; empty when it is
 */
record FeedHealth(String state, String reason) {

  /** How long a feed may take to say yes or no. */
  static final Duration BOUND = Duration.ofSeconds(30);

  private static final Pattern STATE = detail("feed\\.state");
  private static final Pattern REASON = detail("feed\\.reason");

  static FeedHealth of(Application application) throws InterruptedException {
    URI page = application.page().resolve("/observe/health");
    try {
      return parse(Http.getAny(page));
    } catch (IOException e) {
      return new FeedHealth("", "");
    }
  }

  static FeedHealth parse(String json) {
    return new FeedHealth(first(STATE, json), first(REASON, json));
  }

  boolean isLive() {
    return state.equals("LIVE");
  }

  /** What the feed said when it will not take this key, now or later; empty otherwise. */
  Optional<String> refusal() {
    String lower = reason.toLowerCase(Locale.ROOT);
    boolean refused =
        Stream.of("auth_failed", "max_connections", "not authorized").anyMatch(lower::contains);
    return refused ? Optional.of(reason) : Optional.empty();
  }

  private static Pattern detail(String name) {
    return Pattern.compile("\"" + name + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  }

  private static String first(Pattern pattern, String json) {
    Matcher matcher = pattern.matcher(json);
    return matcher.find() ? matcher.group(1).replaceAll("\\\\(.)", "$1") : "";
  }
}
