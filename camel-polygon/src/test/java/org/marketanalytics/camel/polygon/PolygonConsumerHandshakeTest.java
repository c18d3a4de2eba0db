package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;

class PolygonConsumerHandshakeTest extends PolygonTestSupport {

  @Test
  void sendsTheKeyAfterTheGreetingAndThenSubscribes() throws Exception {
    try (ScriptedFeed feed = ScriptedFeed.live(FeedPeer::readUntilClosed)) {

      collect(feed, "");
      awaitLive();

      assertThat(feed.peer(0).path()).isEqualTo("/stocks");
      assertThat(feed.peer(0).received())
          .containsExactly(
              "{\"action\":\"auth\",\"params\":\"" + KEY + "\"}",
              "{\"action\":\"subscribe\",\"params\":\"A.AAPL,T.AAPL\"}");
    }
  }

  @Test
  void handsAFrameToTheRouteByteForByte() throws Exception {
    String frame =
        "[ {\"ev\":\"T\",\"sym\":\"ÄÖ\",\"p\":1.50,\"t\":1} ,\n{\"x\":\"\uD83D\uDE00\"}]";
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              peer.send(frame);
              peer.readUntilClosed();
            })) {
      Exchange[] exchange = new Exchange[1];
      long before = System.currentTimeMillis();

      route(feed, "", received -> exchange[0] = received);
      awaitUntil(() -> exchange[0] != null);

      assertThat(exchange[0].getIn().getBody()).isEqualTo(utf8(frame));
      assertThat(exchange[0].getIn().getHeader(PolygonConstants.CLUSTER)).isEqualTo("stocks");
      assertThat(exchange[0].getIn().getHeader(PolygonConstants.RECEIVED, Long.class))
          .isBetween(before, System.currentTimeMillis());
    }
  }

  @Test
  void keepsStatusesFromTheRoute() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              peer.status("success", "unsubscribed to: T.AAPL");
              peer.status("something_new", "hello");
              peer.send(TRADE);
              peer.readUntilClosed();
            })) {

      collect(feed, "");
      awaitFrames(1);

      assertThat(frames).containsExactly(TRADE);
    }
  }

  @Test
  void acceptsTheGreetingOfTheSpecification() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.start(
            peer -> {
              peer.upgrade();
              peer.status("success", "Connected Successfully");
              peer.read();
              peer.status("auth_success", "authenticated");
              peer.confirmSubscription();
              peer.readUntilClosed();
            })) {

      collect(feed, "");

      awaitLive();
    }
  }

  @Test
  void sendsLongListsInSeveralMessages() throws Exception {
    String symbols =
        IntStream.range(0, 3000).mapToObj(i -> "S" + i).collect(Collectors.joining(","));
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              while (true) {
                peer.confirmSubscription();
              }
            })) {

      collect(feed, "symbols=" + symbols);
      awaitUntil(() -> feedConsumer().state().live() && feedConsumer().state().unconfirmed() == 0);

      assertThat(feed.peer(0).received()).hasSizeGreaterThan(3).allMatch(m -> m.length() < 4200);
      assertThat(healthDetails()).containsEntry("feed.subscriptions", 6000);
    }
  }

  @Test
  void subscribesToEverySymbolByTheWildcard() throws Exception {
    try (ScriptedFeed feed = ScriptedFeed.live(FeedPeer::readUntilClosed)) {

      collect(feed, "symbols=*");
      awaitLive();

      assertThat(feed.peer(0).received().get(1)).contains("\"A.*,T.*\"");
    }
  }

  @Test
  void isHealthyWhenSubscribed() throws Exception {
    try (ScriptedFeed feed = ScriptedFeed.live(FeedPeer::readUntilClosed)) {

      collect(feed, "");
      awaitUntil(() -> feedConsumer().state().live() && feedConsumer().state().unconfirmed() == 0);

      assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
      assertThat(healthDetails())
          .containsEntry("feed.cluster", "stocks")
          .containsEntry("feed.url", feed.url() + "/stocks")
          .containsEntry("feed.subscriptions", 2)
          .containsEntry("feed.unconfirmed", 0)
          .containsKey("feed.since");
    }
  }
}
