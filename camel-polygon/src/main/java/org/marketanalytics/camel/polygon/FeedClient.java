package org.marketanalytics.camel.polygon;

import jakarta.websocket.WebSocketContainer;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;

/**
 * The WebSocket library, set up for a feed.
 *
 * @param maxFrameSize the greatest frame in bytes
 * @param connectTimeout for the handshake
 * @param tls the TLS settings
 */
record FeedClient(int maxFrameSize, Duration connectTimeout, SSLContext tls) {

  /** Room in the library's buffer for what it reads beyond the end of a frame. */
  private static final int READ_AHEAD_BYTES = 64 * 1024;

  /**
   * Sets the library up.
   *
   * @param tls the TLS settings; {@code null} for the Java runtime's
   */
  static FeedClient of(int maxFrameSize, Duration connectTimeout, SSLContext tls)
      throws NoSuchAlgorithmException {
    return new FeedClient(
        maxFrameSize, connectTimeout, tls == null ? SSLContext.getDefault() : tls);
  }

  /**
   * Makes one connection. A manager shuts its timer down when its last connection has ended, even
   * if it is about to make the next, which then fails; so each connection has its own.
   */
  WebSocketContainer container() {
    ClientManager manager =
        ClientManager.createClient(FeedContainer.class.getName(), new FeedSessions(maxFrameSize));
    var properties = manager.getProperties();
    properties.put(
        ClientProperties.INCOMING_BUFFER_SIZE,
        (int) Math.min(Integer.MAX_VALUE - 8L, (long) maxFrameSize + READ_AHEAD_BYTES));
    properties.put(
        ClientProperties.HANDSHAKE_TIMEOUT,
        (int) Math.min(Integer.MAX_VALUE, connectTimeout.toMillis()));
    properties.put(FeedContainer.TLS, tls);
    return manager;
  }
}
