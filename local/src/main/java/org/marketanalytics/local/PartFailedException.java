package org.marketanalytics.local;

import java.io.IOException;

/** A part did not start or died; the message is one line of cause, then the end of its log. */
public final class PartFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  PartFailedException(String message) {
    super(message);
  }

  PartFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
