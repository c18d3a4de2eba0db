package org.marketanalytics.camel.polygon;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds the frames that the route works on, in number and in bytes; whoever comes in excess waits
 * at the door. A frame that is bigger than the bound itself passes alone.
 */
final class InFlight {

  private final int mostFrames;
  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int inside;
  private long bytesInside;
  private boolean closed;

  InFlight(int mostFrames, long mostBytes) {
    this.mostFrames = mostFrames;
    this.mostBytes = mostBytes;
  }

  /**
   * Waits for a place.
   *
   * @param bytes of the frame
   * @return whether there is one; {@code false} once this is closed
   */
  boolean enter(int bytes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && !fits(bytes)) {
        changed.await();
      }
      if (closed) {
        return false;
      }
      inside++;
      bytesInside += bytes;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean fits(int bytes) {
    return inside == 0 || (inside < mostFrames && bytesInside + bytes <= mostBytes);
  }

  /** Gives the place of a frame of that many bytes back. */
  void leave(int bytes) {
    lock.lock();
    try {
      inside--;
      bytesInside -= bytes;
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

  long bytes() {
    lock.lock();
    try {
      return bytesInside;
    } finally {
      lock.unlock();
    }
  }
}
