package org.marketanalytics.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.marketanalytics.aggregation.PartitionMemory;

/**
 * The memories of the lanes that this process works on, from batch to batch. Spark makes a new
 * operator for each batch, so they lie here; whether one is still right, its progress tells. A lane
 * that comes back to another process, or after a failure, begins with an empty one.
 */
final class LaneMemories {
  /** Heartbeats come every second, so a lane that rests longer is worked on elsewhere. */
  private static final long MOST_IDLE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private static final Map<Key, Kept> KEPT = new HashMap<>();

  private record Key(UUID run, int lane) {}

  private record Kept(PartitionMemory memory, long nanos) {}

  private LaneMemories() {}

  /** The memory of a lane, for one batch; nobody else gets it until it is kept again. */
  static PartitionMemory take(UUID run, int lane) {
    synchronized (KEPT) {
      Kept kept = KEPT.remove(new Key(run, lane));
      return kept == null ? new PartitionMemory() : kept.memory();
    }
  }

  /** Keeps the memory for the next batch. */
  static void keep(UUID run, int lane, PartitionMemory memory) {
    long now = System.nanoTime();
    synchronized (KEPT) {
      KEPT.values().removeIf(kept -> now - kept.nanos() > MOST_IDLE_NANOS);
      KEPT.put(new Key(run, lane), new Kept(memory, now));
    }
  }
}
