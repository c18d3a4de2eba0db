package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PolygonConsumerPingTest extends PolygonTestSupport {

  @Test
  void pingsASilentLinkAndKeepsItWhenItAnswers() throws Exception {
    try (ScriptedFeed feed = ScriptedFeed.live(FeedPeer::readUntilClosed)) {

      collect(feed, "pingInterval=100&pongTimeout=5s");
      awaitLive();
      awaitUntil(() -> feed.peer(0).pings() > 5);

      assertThat(feed.connections()).isEqualTo(1);
    }
  }

  @Test
  void doesNotPingABusyLink() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              for (int i = 0; i < 20_000 && peer.number() == 0; i++) {
                peer.send(TRADE);
              }
              peer.sendClose(1000, "enough");
              peer.readUntilClosed();
            })) {

      collect(feed, "pingInterval=10s");
      awaitUntil(() -> feed.connections() > 1);

      assertThat(feed.peer(0).pings()).isZero();
    }
  }

  @Test
  void dropsAHalfOpenLinkAndMakesANewOne() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              if (peer.number() == 0) {
                peer.mute();
              }
              peer.readUntilClosed();
            })) {

      collect(feed, "pingInterval=100&pongTimeout=200");
      awaitUntil(() -> feed.connections() == 2);
      awaitLive();

      assertThat(feed.peer(0).pings()).isEqualTo(1);
      assertThat(log.lines()).anyMatch(line -> line.contains("no sign of life for"));
    }
  }

  @Test
  void doesNotTakeABlockedRouteForADeadLink() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              peer.send(TRADE);
              peer.send(TRADE);
              peer.readUntilClosed();
            })) {

      route(
          feed,
          "pingInterval=50&pongTimeout=50",
          exchange -> {
            awaitUntil(() -> feed.connections() > 1 || silentFor(feedConsumer().state(), 500));
            frames.add(exchange.getIn().getBody(String.class));
          });
      awaitFrames(2);

      assertThat(feed.connections()).isEqualTo(1);
    }
  }

  private static boolean silentFor(FeedState state, long millis) {
    return state.since().plusMillis(millis).isBefore(Instant.now());
  }
}
