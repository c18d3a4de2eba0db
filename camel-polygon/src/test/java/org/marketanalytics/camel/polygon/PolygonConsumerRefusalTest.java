package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolygonConsumerRefusalTest extends PolygonTestSupport {

  @Test
  void retriesSlowlyAfterAWrongKey() throws Exception {
    refusedBecause(
        peer -> {
          peer.upgrade();
          peer.status("connected", "Connected Successfully");
          peer.read();
          peer.status("auth_failed", "authentication failed");
          peer.readUntilClosed();
        },
        "auth_failed: authentication failed");
  }

  @Test
  void retriesSlowlyWhenThePlanHasNoAccess() throws Exception {
    refusedBecause(
        peer -> {
          peer.upgrade();
          peer.status("connected", "Connected Successfully");
          peer.read();
          peer.status("auth_failed", "Your plan doesn't include websocket access.");
          peer.readUntilClosed();
        },
        "auth_failed: Your plan doesn't include websocket access.");
  }

  @Test
  void retriesSlowlyWhenThereAreTooManyConnections() throws Exception {
    refusedBecause(
        peer -> {
          peer.upgrade();
          peer.authenticate();
          peer.status("max_connections", "Maximum number of connections exceeded.");
          peer.sendClose(1008, "policy");
          peer.readUntilClosed();
        },
        "max_connections: Maximum number of connections exceeded.");
  }

  @Test
  void retriesSlowlyWhenALiveLinkIsEvicted() throws Exception {
    refusedBecause(
        peer -> {
          peer.upgrade();
          peer.authenticate();
          peer.confirmSubscription();
          peer.send(TRADE);
          peer.status("max_connections", "Maximum number of connections exceeded.");
          peer.sendClose(1008, "policy");
          peer.readUntilClosed();
        },
        "max_connections: Maximum number of connections exceeded.");

    assertThat(frames).containsExactly(TRADE);
  }

  @Test
  void retriesSlowlyWhenNothingIsAuthorized() throws Exception {
    refusedBecause(
        peer -> {
          peer.upgrade();
          peer.authenticate();
          peer.read();
          peer.status("error", "not authorized");
          peer.readUntilClosed();
        },
        "not subscribed: error: not authorized");
  }

  @Test
  void retriesSlowlyWhenTheHandshakeIsForbidden() throws Exception {
    refusedBecause(peer -> peer.refuse(403), "the handshake was answered with HTTP 403");
  }

  @Test
  void goesOnOnceTheFeedAccepts() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.start(
            peer -> {
              peer.upgrade();
              if (peer.number() == 0) {
                peer.status("connected", "");
                peer.read();
                peer.status("auth_failed", "authentication failed");
              } else {
                peer.authenticate();
                peer.confirmSubscription();
              }
              peer.readUntilClosed();
            })) {

      collect(feed, "refusedRetryDelay=50");

      awaitLive();
    }
  }

  private void refusedBecause(ScriptedFeed.Script script, String reason) throws Exception {
    try (ScriptedFeed feed = ScriptedFeed.start(script)) {

      collect(feed, "refusedRetryDelay=1h&subscribeTimeout=200");
      awaitUntil(() -> feedConsumer().getFeedState().equals("WAITING"));

      assertThat(downReason()).isEqualTo("feed stocks: " + reason);
      assertThat(log.lines())
          .filteredOn(line -> line.startsWith("WARN"))
          .containsExactly(
              "WARN feed=stocks url="
                  + feed.url()
                  + "/stocks refused reason=\""
                  + reason
                  + "\" retry_ms=3600000");
      assertThat(feed.connections()).isEqualTo(1);
    }
  }
}
