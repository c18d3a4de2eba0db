package org.marketanalytics.local.drill;

import java.io.IOException;

/** A drill cannot be done on this machine; the message says why. */
final class SkippedException extends IOException {

  private static final long serialVersionUID = 1L;

  SkippedException(String message) {
    super(message);
  }
}
