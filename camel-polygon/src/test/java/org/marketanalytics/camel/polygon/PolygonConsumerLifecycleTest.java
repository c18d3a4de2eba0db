package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PolygonConsumerLifecycleTest extends PolygonTestSupport {

  @Test
  void startsWithoutAFeedAndKeepsLookingForIt() throws Exception {
    route("polygon:stocks?url=ws://feed.invalid", exchange -> {});
    awaitUntil(() -> feedConsumer().getReconnects() > 1);

    assertThat(context().getStatus().isStarted()).isTrue();
    assertThat(log.lines()).anyMatch(line -> line.contains("unknown host feed.invalid"));
  }

  @Test
  void isDownWithTheCauseWhileTheConnectionIsRefused() throws Exception {
    int port;
    try (ScriptedFeed feed = ScriptedFeed.start(peer -> {})) {
      port = feed.port();
    }

    route(
        "polygon:stocks?reconnectInitialDelay=1h&reconnectMaxDelay=1h&url=ws://127.0.0.1:" + port,
        exchange -> {});
    awaitUntil(() -> feedConsumer().getFeedState().equals("WAITING"));

    assertThat(downReason()).isEqualTo("feed stocks: connection refused");
  }

  @Test
  void doesNotHoldUpTheStartOfTheApplication() throws Exception {
    try (ScriptedFeed feed = ScriptedFeed.start(FeedPeer::readUntilClosed)) {
      Instant before = Instant.now();

      collect(feed, "connectTimeout=1h");

      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
      assertThat(downReason()).isEqualTo("feed stocks: connecting");
    }
  }

  @Test
  void saysGoodbyeWhenItIsStopped() throws Exception {
    try (ScriptedFeed feed = ScriptedFeed.live(FeedPeer::readUntilClosed)) {
      collect(feed, "");
      awaitLive();

      context().getRouteController().stopRoute("feed");
      awaitUntil(() -> feed.peer(0).closeCode() != 0);

      assertThat(feed.peer(0).closeCode()).isEqualTo(1000);
      assertThat(threadsOfTheFeed()).isZero();
    }
  }

  private static long threadsOfTheFeed() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains("polygon-stocks") && thread.isAlive())
        .count();
  }

  @Test
  void startsAgainAfterItWasStopped() throws Exception {
    try (ScriptedFeed feed = ScriptedFeed.live(FeedPeer::readUntilClosed)) {
      collect(feed, "");
      awaitLive();

      context().getRouteController().stopRoute("feed");
      context().getRouteController().startRoute("feed");
      awaitLive();

      assertThat(feed.connections()).isEqualTo(2);
    }
  }

  @Test
  void waitsForFramesInFlightWhenItIsStopped() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              peer.send(TRADE);
              peer.readUntilClosed();
              release.countDown();
            })) {
      route(
          feed,
          "",
          exchange -> {
            awaitUntil(() -> !feedConsumer().getFeedState().equals("LIVE"));
            frames.add(exchange.getIn().getBody(String.class));
          });
      awaitUntil(() -> feedConsumer().getFramesInFlight() == 1);

      context().getRouteController().stopRoute("feed");

      assertThat(frames).containsExactly(TRADE);
    }
  }

  @Test
  void stopsInTimeEvenIfTheRouteNeverFinishes() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              peer.send(TRADE);
              peer.readUntilClosed();
            })) {
      route(feed, "drainTimeout=100", exchange -> never.await());
      awaitUntil(() -> feedConsumer().getFramesInFlight() == 1);
      PolygonConsumer consumer = feedConsumer();

      boolean stopped =
          context().getRouteController().stopRoute("feed", 1, TimeUnit.SECONDS, false);
      never.countDown();

      assertThat(stopped).isTrue();
      assertThat(consumer.getFeedState()).isEqualTo("STOPPED");
      assertThat(log.lines()).anyMatch(line -> line.contains("frames_in_flight=1"));
    }
  }

  @Test
  void refusesToStartWithoutAKey() {
    context().getComponent("polygon", PolygonComponent.class).getConfiguration().setApiKey(" ");

    assertThatThrownBy(() -> route("polygon:stocks", exchange -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("apiKey is missing");
  }
}
