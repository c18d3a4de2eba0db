package org.marketanalytics.camel.polygon;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.camel.util.json.JsonObject;
import org.marketanalytics.camel.polygon.LinkSignal.Closed;
import org.marketanalytics.camel.polygon.LinkSignal.Status;

/**
 * What is said over a link: the greeting is awaited, the key sent, the subscriptions made. Sources:
 * the feed's published WebSocket specification and recorded sessions.
 */
final class FeedConversation {

  /** The close code of a policy violation, which the feed sends to a client in excess. */
  private static final int POLICY = 1008;

  private static final int TOO_BIG = 1009;

  /** The client library's own words when a frame does not fit its buffer. */
  private static final String OVERFLOW = "overflow";

  private final FeedLink link;
  private final PolygonConfiguration options;
  private final Subscriptions subscriptions;
  private String error = "";

  FeedConversation(FeedLink link, PolygonConfiguration options) {
    this.link = link;
    this.options = options;
    this.subscriptions = new Subscriptions(options.subscriptions());
  }

  /** Waits for the greeting, sends the key and waits until the feed accepts it. */
  void authenticate() throws FeedLostException, InterruptedException {
    Duration timeout = Duration.ofMillis(options.getAuthTimeout());
    // the specification shows the greeting as "success", the feed sends "connected"
    awaitStatus(List.of("connected", "success"), timeout, "no greeting");
    link.send(message("auth", options.getApiKey()), timeout);
    awaitStatus(List.of("auth_success"), timeout, "no answer to the key");
  }

  private void awaitStatus(Collection<String> awaited, Duration timeout, String otherwise)
      throws FeedLostException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      LinkSignal signal = link.poll(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
      if (signal == null) {
        throw new FeedLostException(otherwise + " within " + timeout.toMillis() + " ms");
      }
      take(signal);
      if (signal instanceof Status status && awaited.contains(status.status())) {
        return;
      }
      if (!error.isEmpty()) {
        throw new FeedRefusedException(error);
      }
    }
  }

  /** Asks for all pairs; confirmations come as signals. */
  void subscribe() throws FeedLostException, InterruptedException {
    Duration timeout = Duration.ofMillis(options.getSubscribeTimeout());
    for (String pairs : Subscriptions.chunks(options.subscriptions())) {
      link.send(message("subscribe", pairs), timeout);
    }
  }

  private static String message(String action, String params) {
    JsonObject message = new JsonObject();
    message.put("action", action);
    message.put("params", params);
    return message.toJson();
  }

  /**
   * Takes in a signal.
   *
   * @throws FeedLostException if it means the end of the link
   */
  void take(LinkSignal signal) throws FeedLostException {
    if (signal instanceof Closed closed) {
      throw lost(closed);
    }
    if (signal instanceof Status status) {
      take(status);
    }
  }

  private void take(Status status) throws FeedLostException {
    switch (status.status()) {
      case "auth_failed", "max_connections" -> throw new FeedRefusedException(said(status));
      case "auth_timeout", "slow_consumer", "force_disconnect" ->
          throw new FeedLostException(said(status));
      case "success" -> subscriptions.confirm(status.message());
      case "error" -> error = said(status);
      default -> {
        // "connected", "auth_success" and what the feed may invent: nothing to do
      }
    }
  }

  private FeedLostException lost(Closed closed) {
    String reason = closed.reason();
    if (closed.code() == TOO_BIG || reason.contains(OVERFLOW)) {
      return new FeedLostException(
          "a frame is larger than maxFrameSize=" + options.getMaxFrameSize() + " bytes");
    }
    if (closed.code() == FeedLink.ABNORMAL) {
      return new FeedLostException(
          "the connection broke" + (reason.isBlank() ? " without a close frame" : ": " + reason));
    }
    String text = "closed with code " + closed.code() + (reason.isBlank() ? "" : ": " + reason);
    return closed.code() == POLICY
        ? new FeedRefusedException(masked(text))
        : new FeedLostException(masked(text));
  }

  private String said(Status status) {
    return masked(status.describe());
  }

  /** A feed that repeats the key in its answer must not bring it into a log. */
  private String masked(String text) {
    return text.replace(options.getApiKey(), "***").replaceAll("\\s+", " ");
  }

  /** The last error the feed has told without closing; empty if none. */
  String error() {
    return error;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }
}
