package org.marketanalytics.camel.polygon;

/** What a link tells the thread that steers it. */
sealed interface LinkSignal {

  /**
   * A status of the feed.
   *
   * @param status its kind, for example {@code auth_success}
   * @param message its text for people
   */
  record Status(String status, String message) implements LinkSignal {

    /** Both parts in one line. */
    String describe() {
      return message.isBlank() ? status : status + ": " + message;
    }
  }

  /**
   * The end of the link.
   *
   * @param code the close code; 1006 if the connection broke without a word
   * @param reason the text sent with it, or what went wrong
   */
  record Closed(int code, String reason) implements LinkSignal {}
}
