package org.marketanalytics.simulator.feed;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.marketanalytics.simulator.market.Cluster;

/** What all sessions have to keep to, and who they are. */
final class SessionRules {
  private final Keys keys;
  private final Faults faults;
  private final int maxConnections;
  private final Duration authenticationLimit;
  private final long sendBufferBytes;
  private final Set<FeedSession> connected = new CopyOnWriteArraySet<>();
  private final Set<FeedSession> admitted = ConcurrentHashMap.newKeySet();

  /**
   * @param maxConnections authenticated connections for each cluster, 0 for any number
   * @param sendBufferBytes what may be pending for a client before it counts as slow
   */
  SessionRules(
      Keys keys,
      Faults faults,
      int maxConnections,
      Duration authenticationLimit,
      long sendBufferBytes) {
    this.keys = keys;
    this.faults = faults;
    this.maxConnections = maxConnections;
    this.authenticationLimit = authenticationLimit;
    this.sendBufferBytes = sendBufferBytes;
  }

  Keys keys() {
    return keys;
  }

  Faults faults() {
    return faults;
  }

  Duration authenticationLimit() {
    return authenticationLimit;
  }

  long sendBufferBytes() {
    return sendBufferBytes;
  }

  /** All open connections, authenticated or not, in the order in which they came. */
  Set<FeedSession> sessions() {
    return connected;
  }

  void connected(FeedSession session) {
    connected.add(session);
  }

  /** Frees the room of a session whose connection stays open. */
  void forget(FeedSession session) {
    admitted.remove(session);
  }

  void disconnected(FeedSession session) {
    connected.remove(session);
    admitted.remove(session);
  }

  /** Whether there is room for one more on its cluster; takes the room. */
  synchronized boolean admits(FeedSession session) {
    Cluster cluster = session.cluster();
    if (maxConnections > 0
        && admitted.stream().filter(other -> other.cluster() == cluster).count()
            >= maxConnections) {
      return false;
    }
    return admitted.add(session);
  }
}
