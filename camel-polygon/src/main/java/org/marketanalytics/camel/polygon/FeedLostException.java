package org.marketanalytics.camel.polygon;

/** The link is gone or of no use any more; the message is the reason, in one line. */
class FeedLostException extends Exception {

  private static final long serialVersionUID = 1L;

  FeedLostException(String reason) {
    super(reason);
  }
}
