package org.marketanalytics.app.ingest;

import java.time.Duration;

/** Whether Kafka takes what the feed sends. */
final class Flow {
  private static final long HELD_UP_MILLIS = Duration.ofSeconds(1).toMillis();

  private int waiting;
  private long movedMillis;

  /** A frame waits for Kafka. */
  synchronized void entered() {
    if (waiting++ == 0) {
      movedMillis = System.currentTimeMillis();
    }
  }

  /** Kafka took a frame. */
  synchronized void left(long nowMillis) {
    waiting--;
    movedMillis = nowMillis;
  }

  /** A frame waits no more, but Kafka did not take it. */
  synchronized void failed() {
    waiting = Math.max(0, waiting - 1);
  }

  /** Whether frames wait and none was taken for a second. */
  synchronized boolean heldUp(long nowMillis) {
    return waiting > 0 && nowMillis - movedMillis > HELD_UP_MILLIS;
  }
}
