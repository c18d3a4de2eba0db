package org.marketanalytics.camel.polygon;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bounds the frames that the route works on; whoever comes in excess waits at the door. */
final class InFlight {

  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int inside;
  private boolean closed;

  InFlight(int limit) {
    this.limit = limit;
  }

  /**
   * Waits for a place.
   *
   * @return whether there is one; {@code false} once this is closed
   */
  boolean enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && inside >= limit) {
        changed.await();
      }
      if (closed) {
        return false;
      }
      inside++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a place back. */
  void leave() {
    lock.lock();
    try {
      inside--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nobody is inside; tells whether that came true in time. */
  boolean awaitEmpty(Duration limitOfWait) throws InterruptedException {
    long nanos = limitOfWait.toNanos();
    lock.lockInterruptibly();
    try {
      while (inside > 0 && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return inside == 0;
    } finally {
      lock.unlock();
    }
  }

  int count() {
    lock.lock();
    try {
      return inside;
    } finally {
      lock.unlock();
    }
  }
}
