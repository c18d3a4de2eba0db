package org.marketanalytics.spark;

/** The job cannot start or go on; the message is the one line that the user sees. */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
