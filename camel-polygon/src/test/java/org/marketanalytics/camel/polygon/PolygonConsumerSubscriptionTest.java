package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;

class PolygonConsumerSubscriptionTest extends PolygonTestSupport {

  @Test
  void namesTheSubscriptionsThatTheFeedPassesOverInSilence() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.start(
            peer -> {
              peer.upgrade();
              peer.authenticate();
              peer.read();
              peer.status("success", "subscribed to: A.AAPL");
              peer.readUntilClosed();
            })) {

      collect(feed, "subscribeTimeout=100");
      awaitUntil(() -> log.lines().stream().anyMatch(line -> line.contains("unconfirmed=T.AAPL")));

      assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
      assertThat(healthDetails()).containsEntry("feed.unconfirmed", 1);
    }
  }

  @Test
  void isDownWhenNothingIsSubscribed() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.start(
            peer -> {
              peer.upgrade();
              peer.authenticate();
              peer.readUntilClosed();
            })) {

      collect(feed, "subscribeTimeout=100");
      awaitUntil(() -> feedConsumer().getFeedState().equals("WAITING"));

      assertThat(downReason())
          .isEqualTo("feed stocks: not subscribed: no answer to A.AAPL,T.AAPL within 100 ms");
    }
  }

  @Test
  void trustsDataMoreThanMissingConfirmations() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.start(
            peer -> {
              peer.upgrade();
              peer.authenticate();
              peer.read();
              peer.send(TRADE);
              peer.readUntilClosed();
            })) {

      collect(feed, "subscribeTimeout=100");
      awaitUntil(() -> log.lines().stream().anyMatch(line -> line.contains("unconfirmed=A.AAPL")));

      assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
    }
  }

  @Test
  void countsConfirmationsThatNameThePairDifferently() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.start(
            peer -> {
              peer.upgrade();
              peer.authenticate();
              peer.read();
              peer.status("success", "subscribed to: A.X:AAPL");
              peer.status("success", "subscribed to: T.X:AAPL");
              peer.readUntilClosed();
            })) {

      collect(feed, "");
      awaitLive();
      awaitUntil(() -> feedConsumer().state().unconfirmed() == 0);
    }
  }
}
