package org.marketanalytics.camel.polygon;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.marketanalytics.camel.polygon.FeedState.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a link to the feed for as long as it runs: makes one, watches it, and makes another when it
 * is lost. Runs on its own thread and ends when that is interrupted.
 */
final class Feed implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final PolygonConfiguration options;
  private final FeedClient client;
  private final ExecutorService connector;
  private final FrameSink sink;
  private final Backoff backoff;
  private final AtomicLong reconnects = new AtomicLong();
  private volatile FeedState state = FeedState.of(Phase.CONNECTING, "connecting");
  private volatile FeedLink link;
  private volatile boolean stopping;

  Feed(PolygonConfiguration options, FeedClient client, ExecutorService connector, FrameSink sink) {
    this.options = options;
    this.client = client;
    this.connector = connector;
    this.sink = sink;
    this.backoff = options.backoff();
  }

  FeedState state() {
    return state;
  }

  /** How many links were made anew. */
  long reconnects() {
    return reconnects.get();
  }

  /** The number of the last link that was made; 0 before the first. */
  long session() {
    FeedLink last = link;
    return last == null ? 0 : last.number();
  }

  /**
   * How long the last link has been without a sign of life; zero before the first, and while the
   * route takes a frame.
   */
  Duration silence() {
    FeedLink last = link;
    return last == null ? Duration.ZERO : last.silence();
  }

  /** Announces that the thread will be interrupted. */
  void stop() {
    stopping = true;
  }

  @Override
  public void run() {
    try {
      while (true) {
        Duration delay = linkUntilLost();
        Thread.sleep(delay.toMillis());
        reconnects.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped
    } finally {
      state = FeedState.of(Phase.STOPPED, "stopped");
    }
  }

  /** One link from its beginning to its end; returns the delay before the next one. */
  private Duration linkUntilLost() throws InterruptedException {
    FeedAddress address = options.address();
    try (FeedLink opened = new FeedLink(address, options.getMaxFrameSize(), sink)) {
      enter(Phase.CONNECTING, "connecting");
      opened.open(client, connector, Duration.ofMillis(options.getConnectTimeout()));
      FeedConversation conversation = new FeedConversation(opened, options);
      link = opened;
      enter(Phase.AUTHENTICATING, "not authenticated");
      conversation.authenticate();
      enter(Phase.SUBSCRIBING, "not subscribed");
      conversation.subscribe();
      new LinkWatch(opened, conversation, options, this::live).untilLost();
      throw new IllegalStateException("the watch ends by an exception only");
    } catch (FeedRefusedException e) {
      return lost(e, Duration.ofMillis(options.getRefusedRetryDelay()));
    } catch (FeedLostException e) {
      resetBackoffAfterStableLink();
      return lost(e, backoff.next());
    } catch (RuntimeException e) {
      if (!stopping) {
        LOG.error("feed={} url={} unexpected failure", options.getCluster(), address, e);
      }
      return lost(new FeedLostException("unexpected " + e), backoff.next());
    }
  }

  private Duration lost(FeedLostException cause, Duration delay) throws InterruptedException {
    if (stopping) {
      throw new InterruptedException("stopping"); // not lost but let go
    }
    boolean wasLive = state.live();
    LOG.warn(
        "feed={} url={} {} reason=\"{}\" retry_ms={}",
        options.getCluster(),
        options.address(),
        cause instanceof FeedRefusedException ? "refused" : wasLive ? "lost" : "not connected",
        cause.getMessage(),
        delay.toMillis());
    enter(Phase.WAITING, cause.getMessage());
    return delay;
  }

  private void resetBackoffAfterStableLink() {
    FeedState last = state;
    Duration age = Duration.between(last.since(), Instant.now());
    if (last.live() && age.toMillis() >= options.getReconnectStableAfter()) {
      backoff.reset();
    }
  }

  private void live(Subscriptions subscriptions) {
    boolean first = !state.live();
    Instant since = first ? Instant.now() : state.since();
    state =
        new FeedState(Phase.LIVE, "", since, subscriptions.wanted(), subscriptions.unconfirmed());
    if (first) {
      LOG.info("feed={} url={} live", options.getCluster(), options.address());
    }
  }

  private void enter(Phase phase, String reason) {
    state = FeedState.of(phase, reason);
  }
}
