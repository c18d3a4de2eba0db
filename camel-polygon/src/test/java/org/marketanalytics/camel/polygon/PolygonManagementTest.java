package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class PolygonManagementTest extends PolygonTestSupport {

  PolygonManagementTest() {
    testConfiguration().withJMX(true);
  }

  @Test
  void showsItsCountersButNotTheKey() throws Exception {
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              peer.send(TRADE);
              peer.readUntilClosed();
            })) {
      collect(feed, "apiKey=" + KEY);
      awaitLive();
      awaitFrames(1);
      awaitUntil(() -> feedConsumer().getFramesInFlight() == 0);

      MBeanServer server = context().getManagementStrategy().getManagementAgent().getMBeanServer();
      ObjectName consumer = only(server, "*:type=consumers,*");
      ObjectName endpoint = only(server, "*:type=endpoints,*");

      assertThat(server.getAttribute(consumer, "FramesReceived")).isEqualTo(1L);
      assertThat(server.getAttribute(consumer, "Reconnects")).isEqualTo(0L);
      assertThat(server.getAttribute(consumer, "FramesInFlight")).isEqualTo(0);
      assertThat(server.getAttribute(consumer, "FeedState")).isEqualTo("LIVE");
      assertThat(server.getAttribute(consumer, "LastFrameTime").toString()).startsWith("20");
      assertThat(endpoint.toString() + server.getAttribute(endpoint, "EndpointUri"))
          .doesNotContain(KEY);
      assertThat(consumer.toString() + server.getAttribute(consumer, "EndpointUri"))
          .doesNotContain(KEY);
    }
  }

  private static ObjectName only(MBeanServer server, String pattern) throws Exception {
    Set<ObjectName> names = server.queryNames(new ObjectName(pattern), null);
    return names.stream()
        .filter(name -> name.toString().toLowerCase(Locale.ROOT).contains("polygon"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no bean " + pattern + " in " + names));
  }
}
