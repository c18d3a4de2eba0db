package org.marketanalytics.simulator.feed;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** What publishes to a feed on a thread of its own: a random market or a replay. */
interface Source extends AutoCloseable {
  void start();

  /**
   * Ends it in good order.
   *
   * @return completed once all that it still had to send is on its way: true, or false if a client
   *     did not take it
   */
  CompletableFuture<Boolean> stop();

  /** Completed as {@link #stop()} says, whether it was stopped or came to its own end. */
  CompletableFuture<Boolean> ended();

  /** Completed when it begins to publish. */
  CompletableFuture<Void> begun();

  /** The time in the market. */
  Instant now();

  /** Ends it at once. */
  @Override
  void close();
}
