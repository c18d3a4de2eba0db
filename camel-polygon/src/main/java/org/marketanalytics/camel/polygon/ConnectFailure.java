package org.marketanalytics.camel.polygon;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.glassfish.tyrus.core.HandshakeException;

/** Says in one line why a connection failed. */
final class ConnectFailure {

  /** Answers to the upgrade that another attempt would only repeat. */
  private static final Set<Integer> REFUSALS = Set.of(401, 402, 403, 429);

  private ConnectFailure() {}

  /** The failure as the feed's own exception. */
  static FeedLostException of(Throwable failure, FeedAddress address) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HandshakeException handshake) {
        String reason = "the handshake was answered with HTTP " + handshake.getHttpStatusCode();
        return REFUSALS.contains(handshake.getHttpStatusCode())
            ? new FeedRefusedException(reason)
            : new FeedLostException(reason);
      }
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return new FeedLostException("unknown host " + address.uri().getHost());
      }
    }
    return new FeedLostException(describe(failure));
  }

  /** Whether a connection did not come about in time. */
  static boolean isTimeout(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  /** The innermost cause, in one line. */
  static String describe(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof SSLException)) {
      cause = cause.getCause();
    }
    String message =
        cause.getMessage() == null ? "" : cause.getMessage().lines().findFirst().orElse("");
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return message.toLowerCase(Locale.ROOT);
    }
    if (cause instanceof SSLException) {
      return "tls: " + message;
    }
    return message.isEmpty() ? cause.getClass().getSimpleName() : message;
  }
}
