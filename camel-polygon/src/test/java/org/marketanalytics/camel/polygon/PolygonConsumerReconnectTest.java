package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PolygonConsumerReconnectTest extends PolygonTestSupport {

  @Test
  void resubscribesAfterTheServerDropsTheLinkWithoutACloseFrame() throws Exception {
    comesBackAfter(FeedPeer::close);

    assertThat(log.lines()).anyMatch(line -> line.contains("without a close frame"));
  }

  @Test
  void resubscribesAfterTheServerResetsTheConnection() throws Exception {
    comesBackAfter(
        peer -> {
          awaitFrames(1); // a reset takes back what was not read yet
          peer.reset();
        });
  }

  @Test
  void resubscribesAfterTheServerSaysGoodbye() throws Exception {
    comesBackAfter(
        peer -> {
          peer.sendClose(1001, "restarting");
          peer.readUntilClosed();
        });

    assertThat(log.lines()).anyMatch(line -> line.contains("closed with code 1001: restarting"));
  }

  @Test
  void resubscribesAfterTheFeedDisconnectsByStatus() throws Exception {
    comesBackAfter(
        peer -> {
          peer.status("force_disconnect", "maintenance");
          peer.readUntilClosed();
        });

    assertThat(log.lines())
        .anyMatch(line -> line.contains("reason=\"force_disconnect: maintenance\""));
  }

  private void comesBackAfter(ScriptedFeed.Script end) throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              peer.send("[{\"n\":" + peer.number() + "}]");
              if (peer.number() == 0) {
                end.play(peer);
              } else {
                peer.readUntilClosed();
              }
            })) {

      collect(feed, "");
      awaitFrames(2);

      assertThat(frames).containsExactly("[{\"n\":0}]", "[{\"n\":1}]");
      assertThat(feed.peer(1).received()).isEqualTo(feed.peer(0).received());
      assertThat(feedConsumer().getReconnects()).isEqualTo(1);
    }
  }

  @Test
  void tellsTheFramesOfOneConnectionFromThoseOfTheNext() throws Exception {
    List<Long> sessions = new CopyOnWriteArrayList<>();
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              peer.send(TRADE);
              peer.send(TRADE);
              awaitUntil(() -> sessions.size() >= 2 * (peer.number() + 1));
              if (peer.number() == 0) {
                peer.close();
              } else {
                peer.readUntilClosed();
              }
            })) {

      route(
          feed,
          "",
          exchange ->
              sessions.add(exchange.getIn().getHeader(PolygonConstants.SESSION, Long.class)));
      awaitUntil(() -> sessions.size() == 4);

      assertThat(sessions).isSorted();
      assertThat(Set.copyOf(sessions)).hasSize(2);
      assertThat(feedConsumer().getSession()).isEqualTo(sessions.get(3));
    }
  }

  @Test
  void triesAgainUntilTheServerIsThere() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.start(
            peer -> {
              if (peer.number() < 3) {
                peer.refuse(503);
                return;
              }
              peer.upgrade();
              peer.authenticate();
              peer.confirmSubscription();
              peer.readUntilClosed();
            })) {

      collect(feed, "");
      awaitLive();

      assertThat(feed.connections()).isEqualTo(4);
      assertThat(log.lines()).anyMatch(line -> line.contains("answered with HTTP 503"));
    }
  }

  @Test
  void givesUpAServerThatDoesNotGreet() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.start(
            peer -> {
              peer.upgrade();
              peer.readUntilClosed();
            })) {

      collect(feed, "authTimeout=100");
      awaitUntil(() -> feed.connections() > 1);

      assertThat(log.lines()).anyMatch(line -> line.contains("no greeting within 100 ms"));
    }
  }

  @Test
  void givesUpAServerThatDoesNotAnswerTheUpgrade() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.start(
            peer -> {
              while (true) {
                peer.skip();
              }
            })) {

      collect(feed, "connectTimeout=200");
      awaitUntil(() -> feed.connections() > 1);

      assertThat(log.lines()).anyMatch(line -> line.contains("no connection within 200 ms"));
      awaitUntil(() -> feed.peer(0).isGone());
    }
  }
}
