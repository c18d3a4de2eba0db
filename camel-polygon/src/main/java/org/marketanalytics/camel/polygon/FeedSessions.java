package org.marketanalytics.camel.polygon;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.core.BaseContainer;

/**
 * What the library's sessions know of their container: settings, and a timer on which nothing ever
 * runs. With each message a session begins to count its idle time anew; one that may be idle for
 * ever, as here, has its timer due at once, which wakes a thread for every frame, for nothing.
 */
final class FeedSessions extends BaseContainer {

  /** No limit: the feed's own watch is stricter. */
  private static final long FOR_EVER = 0;

  private static final ScheduledExecutorService NEVER =
      new ScheduledThreadPoolExecutor(0) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
          return null; // the library's word for a timer that is not set
        }
      };

  private final int maxMessageBytes;

  FeedSessions(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  @Override
  public ScheduledExecutorService getScheduledExecutorService() {
    return NEVER;
  }

  @Override
  public long getDefaultMaxSessionIdleTimeout() {
    return FOR_EVER;
  }

  @Override
  public long getDefaultAsyncSendTimeout() {
    return FOR_EVER; // whoever sends waits as long as it wants to
  }

  @Override
  public int getDefaultMaxBinaryMessageBufferSize() {
    return maxMessageBytes;
  }

  @Override
  public int getDefaultMaxTextMessageBufferSize() {
    return maxMessageBytes;
  }

  @Override
  public Set<Extension> getInstalledExtensions() {
    return Set.of();
  }

  @Override
  public void setDefaultMaxSessionIdleTimeout(long millis) {
    throw fixed();
  }

  @Override
  public void setAsyncSendTimeout(long millis) {
    throw fixed();
  }

  @Override
  public void setDefaultMaxBinaryMessageBufferSize(int bytes) {
    throw fixed();
  }

  @Override
  public void setDefaultMaxTextMessageBufferSize(int bytes) {
    throw fixed();
  }

  @Override
  public Session connectToServer(Object endpoint, URI address) {
    throw fixed();
  }

  @Override
  public Session connectToServer(Class<?> endpoint, URI address) {
    throw fixed();
  }

  @Override
  public Session connectToServer(Endpoint endpoint, ClientEndpointConfig config, URI address) {
    throw fixed();
  }

  @Override
  public Session connectToServer(
      Class<? extends Endpoint> endpoint, ClientEndpointConfig config, URI address) {
    throw fixed();
  }

  private static UnsupportedOperationException fixed() {
    return new UnsupportedOperationException(
        "only sessions ask this container: FeedClient connects, and makes it with its settings");
  }
}
