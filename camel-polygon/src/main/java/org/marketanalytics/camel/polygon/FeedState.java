package org.marketanalytics.camel.polygon;

import java.time.Instant;

/**
 * Where a feed stands, for health and monitoring.
 *
 * @param phase what it is doing
 * @param reason why it is not live; empty when it is
 * @param since when this phase began
 * @param subscriptions how many pairs of channel and symbol are wanted
 * @param unconfirmed how many of them the feed has not confirmed
 */
record FeedState(Phase phase, String reason, Instant since, int subscriptions, int unconfirmed) {

  /** The stages of a link. */
  enum Phase {
    STOPPED,
    CONNECTING,
    AUTHENTICATING,
    SUBSCRIBING,
    LIVE,
    WAITING
  }

  static FeedState of(Phase phase, String reason) {
    return new FeedState(phase, reason, Instant.now(), 0, 0);
  }

  boolean live() {
    return phase == Phase.LIVE;
  }
}
