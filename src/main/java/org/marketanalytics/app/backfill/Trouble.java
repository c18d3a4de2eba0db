package org.marketanalytics.app.backfill;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why the REST interface does not give what is asked for: for the log, now and then, and health.
 */
final class Trouble {
  private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);
  private static final long SAID_MILLIS = Duration.ofMinutes(1).toMillis();

  private String text = "";
  private long saidMillis;

  /** It does not; a line a minute says so. */
  synchronized void is(String what, String symbol, long nowMillis) {
    text = what;
    if (nowMillis - saidMillis > SAID_MILLIS) {
      saidMillis = nowMillis;
      LOG.warn(
          "gaps cannot be filled now, tried again by itself cause=\"{}\" symbol={}", what, symbol);
    }
  }

  /** It gave what was asked for. */
  synchronized void isOver() {
    text = "";
  }

  /** Empty when there is none. */
  synchronized String text() {
    return text;
  }
}
