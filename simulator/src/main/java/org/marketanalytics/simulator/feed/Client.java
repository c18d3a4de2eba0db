package org.marketanalytics.simulator.feed;

/** A subscribed connection as its feed sees it. */
interface Client {
  Subscriptions subscriptions();

  /** Hands over a message without waiting; an empty one is nothing. */
  void send(EventBatch.Frame frame);

  /**
   * Bytes of events handed over that the network has not taken; none once the connection is being
   * closed.
   */
  long pendingBytes();

  /** Whether so much is pending that a publisher who may wait should. */
  boolean isBehind();
}
