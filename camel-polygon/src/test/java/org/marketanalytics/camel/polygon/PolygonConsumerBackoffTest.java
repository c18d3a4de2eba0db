package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PolygonConsumerBackoffTest extends PolygonTestSupport {

  private static final Pattern RETRY = Pattern.compile("retry_ms=(\\d+)");

  @Test
  void waitsLongerEachTimeALinkIsLostSoonAfterItWasMade() throws Exception {
    try (ScriptedFeed feed = ScriptedFeed.live(FeedPeer::close)) {

      collect(feed, "reconnectInitialDelay=1&reconnectMaxDelay=60s");
      awaitUntil(() -> delays().stream().anyMatch(delay -> delay > 64));

      assertThat(feed.connections()).isGreaterThan(6);
    }
  }

  @Test
  void startsAgainFromTheFirstDelayAfterAStableLink() throws Exception {
    try (ScriptedFeed feed = ScriptedFeed.live(FeedPeer::close)) {

      collect(feed, "reconnectInitialDelay=1&reconnectMaxDelay=60s&reconnectStableAfter=0");
      awaitUntil(() -> feed.connections() >= 30);

      assertThat(delays()).filteredOn(delay -> delay > 8).isEmpty();
    }
  }

  private List<Integer> delays() {
    return log.lines().stream()
        .map(RETRY::matcher)
        .filter(Matcher::find)
        .map(matcher -> Integer.valueOf(matcher.group(1)))
        .toList();
  }
}
