package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

class PolygonKeySecrecyTest extends PolygonTestSupport {

  private static final String SECRET = "a\"b\\secret";

  @Test
  void theKeyOfTheComponentIsNowhereToBeSeen() throws Exception {
    log.listenToAll(ch.qos.logback.classic.Level.TRACE);

    theKeyIsNowhereToBeSeen("refusedRetryDelay=1h");
  }

  /** Camel itself shows URIs at the level TRACE, secrets included. */
  @Test
  void theKeyInAUriIsNotShownAboveTrace() throws Exception {
    log.listenToAll(ch.qos.logback.classic.Level.DEBUG);

    theKeyIsNowhereToBeSeen("refusedRetryDelay=1h&apiKey=" + KEY);
  }

  private void theKeyIsNowhereToBeSeen(String options) throws Exception {
    List<String> lines = log.lines();
    JulCapture tyrus = new JulCapture();
    try (ScriptedFeed feed =
        ScriptedFeed.start(
            peer -> {
              peer.upgrade();
              peer.status("connected", "");
              peer.read();
              peer.status("auth_failed", "unknown key " + KEY);
              peer.readUntilClosed();
            })) {

      collect(feed, options);
      awaitUntil(() -> feedConsumer().getFeedState().equals("WAITING"));

      assertThat(downReason()).isEqualTo("feed stocks: auth_failed: unknown key ***");
      assertThat(health().toString() + healthDetails()).doesNotContain(KEY);
      assertThat(feedConsumer().toString() + feedConsumer().getEndpoint()).doesNotContain(KEY);
      context().stop();
    } finally {
      tyrus.close();
    }
    assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(KEY));
    assertThat(tyrus.lines).noneMatch(line -> line.contains(KEY));
  }

  @Test
  void aKeyWithQuotesArrivesAsItIs() throws Exception {
    context().getComponent("polygon", PolygonComponent.class).getConfiguration().setApiKey(SECRET);
    try (ScriptedFeed feed = ScriptedFeed.live(FeedPeer::readUntilClosed)) {

      collect(feed, "");
      awaitLive();

      assertThat(feed.peer(0).received().get(0))
          .isEqualTo("{\"action\":\"auth\",\"params\":\"a\\\"b\\\\secret\"}");
    }
  }

  /** Keeps what the WebSocket library logs. */
  private static final class JulCapture extends Handler {
    private final Logger library = Logger.getLogger("org.glassfish.tyrus");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private JulCapture() {
      library.setUseParentHandlers(false);
      library.addHandler(this);
      library.setLevel(Level.FINE);
    }

    @Override
    public void publish(LogRecord entry) {
      lines.add(new SimpleFormatter().format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      library.removeHandler(this);
      library.setUseParentHandlers(true);
      library.setLevel(null);
    }
  }
}
