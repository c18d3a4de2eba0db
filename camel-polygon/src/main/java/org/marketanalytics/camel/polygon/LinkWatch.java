package org.marketanalytics.camel.polygon;

import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over a subscribed link: collects confirmations, pings when it is silent, and gives it up
 * when even that brings no sign of life (a half-open connection never closes by itself).
 */
final class LinkWatch {

  private static final Logger LOG = LoggerFactory.getLogger(LinkWatch.class);

  private final FeedLink link;
  private final FeedConversation conversation;
  private final Subscriptions subscriptions;
  private final PolygonConfiguration options;
  private final Consumer<Subscriptions> live;
  private long lastAnswerNanos = System.nanoTime();
  private long pingNanos;
  private boolean pinged;
  private boolean answered;

  /**
   * Makes a watch.
   *
   * @param live told each time the state of the subscriptions of a working link has changed
   */
  LinkWatch(
      FeedLink link,
      FeedConversation conversation,
      PolygonConfiguration options,
      Consumer<Subscriptions> live) {
    this.link = link;
    this.conversation = conversation;
    this.subscriptions = conversation.subscriptions();
    this.options = options;
    this.live = live;
  }

  /** Never returns: the end of a link is an exception. */
  void untilLost() throws FeedLostException, InterruptedException {
    Duration tick = tick();
    boolean isLive = false;
    while (true) {
      LinkSignal signal = link.poll(tick);
      if (signal != null) {
        conversation.take(signal);
        lastAnswerNanos = System.nanoTime();
      }
      boolean works = subscriptions.anyConfirmed() || link.delivered();
      if (works && (signal != null || !isLive)) {
        live.accept(subscriptions);
        isLive = true;
      }
      checkAnswers(works);
      checkLife();
    }
  }

  /** Often enough that no limit is overrun by more than a tenth. */
  private Duration tick() {
    long shortestMillis =
        Math.min(
            options.getSubscribeTimeout(),
            Math.min(options.getPingInterval(), options.getPongTimeout()));
    return Duration.ofMillis(Math.max(1, Math.min(shortestMillis / 10, 1000)));
  }

  private void checkAnswers(boolean works) throws FeedLostException {
    if (answered) {
      return;
    }
    if (link.silence().isZero()) {
      lastAnswerNanos = System.nanoTime(); // the route holds the answers back
    }
    if (subscriptions.allConfirmed()) {
      answered = true;
    } else if (millisSince(lastAnswerNanos) >= options.getSubscribeTimeout()) {
      answered = true;
      giveUpAnswers(works);
    }
  }

  private void giveUpAnswers(boolean works) throws FeedLostException {
    String missing = subscriptions.describeUnconfirmed();
    String error = conversation.error();
    if (works) {
      LOG.warn(
          "feed={} url={} unconfirmed={} waited_ms={}{}",
          options.getCluster(),
          options.address(),
          missing,
          options.getSubscribeTimeout(),
          error.isEmpty() ? " (the feed is silent about channels it does not have)" : " " + error);
    } else if (error.isEmpty()) {
      throw new FeedRefusedException(
          "not subscribed: no answer to "
              + missing
              + " within "
              + options.getSubscribeTimeout()
              + " ms");
    } else {
      throw new FeedRefusedException("not subscribed: " + error);
    }
  }

  private void checkLife() throws FeedLostException {
    Duration silence = link.silence();
    if (!pinged) {
      if (silence.toMillis() >= options.getPingInterval()) {
        pingNanos = System.nanoTime();
        pinged = true;
        link.ping();
      }
    } else if (silence.toNanos() < System.nanoTime() - pingNanos) {
      pinged = false; // something came after the ping
    } else if (millisSince(pingNanos) >= options.getPongTimeout()) {
      throw new FeedLostException("no sign of life for " + silence.toMillis() + " ms");
    }
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
