package org.marketanalytics.simulator.feed;

/**
 * Time that began at a given moment and runs at a given speed. It follows the monotonic clock, so a
 * correction of the wall clock does not move it.
 */
final class VirtualClock {
  private final long startMillis;
  private final double speed;
  private final long startNanos = System.nanoTime();

  /**
   * @param startMillis the time now
   * @param speed seconds of this clock a second
   */
  VirtualClock(long startMillis, double speed) {
    this.startMillis = startMillis;
    this.speed = speed;
  }

  long nowMillis() {
    return startMillis + (long) ((System.nanoTime() - startNanos) / 1e6 * speed);
  }
}
