package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolygonConsumerBadFrameTest extends PolygonTestSupport {

  @Test
  void makesANewLinkAfterAFrameThatIsTooLarge() throws Exception {
    comesBackAfter(peer -> peer.send("x".repeat(3000)), "maxFrameSize=2048");

    assertThat(log.lines())
        .anyMatch(line -> line.contains("a frame is larger than maxFrameSize=2048 bytes"));
  }

  @Test
  void makesANewLinkAfterAFrameThatDoesNotFitTheBuffer() throws Exception {
    comesBackAfter(peer -> peer.send("x".repeat(1_000_000)), "maxFrameSize=2048");

    assertThat(log.lines())
        .anyMatch(line -> line.contains("a frame is larger than maxFrameSize=2048 bytes"));
  }

  @Test
  void makesANewLinkAfterTextThatIsNotUtf8() throws Exception {
    comesBackAfter(peer -> peer.sendText(new byte[] {'[', (byte) 0xff, ']'}), "");

    assertThat(log.lines()).anyMatch(line -> line.contains("closed with code 1007"));
  }

  private void comesBackAfter(ScriptedFeed.Script bad, String options) throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              if (peer.number() == 0) {
                bad.play(peer);
              } else {
                peer.send(TRADE);
              }
              peer.readUntilClosed();
            })) {

      collect(feed, options);
      awaitFrames(1);

      assertThat(frames).containsExactly(TRADE);
    }
  }

  @Test
  void takesFramesOfManyMegabytes() throws Exception {
    String large = "[\"" + "x".repeat(5_000_000) + "\"]";
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              peer.send(large);
              peer.readUntilClosed();
            })) {

      collect(feed, "");
      awaitFrames(1);

      assertThat(frames.get(0)).hasSameSizeAs(large);
    }
  }

  @Test
  void putsFragmentsTogether() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              peer.sendInFragments(TRADE);
              peer.readUntilClosed();
            })) {

      collect(feed, "");
      awaitFrames(1);

      assertThat(frames).containsExactly(TRADE);
    }
  }

  @Test
  void takesBinaryFramesAsTheyAre() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              peer.sendBinary(utf8(TRADE));
              peer.readUntilClosed();
            })) {

      collect(feed, "");
      awaitFrames(1);

      assertThat(frames).containsExactly(TRADE);
    }
  }

  @Test
  void handsGarbageToTheRouteWhichKnowsWhereToPutIt() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              peer.send("[{\"ev\":\"status\"");
              peer.send("");
              peer.readUntilClosed();
            })) {

      collect(feed, "");
      awaitFrames(2);

      assertThat(frames).containsExactly("[{\"ev\":\"status\"", "");
    }
  }

  @Test
  void goesOnAfterARouteThatFails() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              peer.send("[1]");
              peer.send("[2]");
              peer.readUntilClosed();
            })) {

      route(
          feed,
          "maxInFlight=1",
          exchange -> {
            frames.add(exchange.getIn().getBody(String.class));
            throw new IllegalStateException("no room");
          });
      awaitFrames(2);

      assertThat(frames).containsExactly("[1]", "[2]");
      assertThat(feed.connections()).isEqualTo(1);
    }
  }
}
