package org.marketanalytics.camel.polygon;

/**
 * The feed does not want this client: wrong key, plan without access, too many connections. Trying
 * again soon would not help and may prolong the refusal.
 */
final class FeedRefusedException extends FeedLostException {

  private static final long serialVersionUID = 1L;

  FeedRefusedException(String reason) {
    super(reason);
  }
}
