package org.marketanalytics.simulator.feed;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.marketanalytics.simulator.faults.Fault;
import org.marketanalytics.simulator.faults.FaultStep;

/** The faults in force, and how often each was played. */
final class Faults {
  private static final long FOR_EVER = Long.MAX_VALUE;

  private final LongSupplier nanos;
  private final long startNanos;
  private final CopyOnWriteArrayList<Active> active = new CopyOnWriteArrayList<>();
  private final Map<Fault, AtomicLong> played = new EnumMap<>(Fault.class);

  /**
   * @param nanos the time as {@link System#nanoTime()} tells it
   */
  Faults(LongSupplier nanos) {
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
    for (Fault fault : Fault.values()) {
      played.put(fault, new AtomicLong());
    }
  }

  /** A fault in force, up to a time and so often. */
  final class Active {
    private final FaultStep step;
    private final long endNanos;
    private final AtomicLong left;

    Active(FaultStep step) {
      this.step = step;
      this.endNanos = step.length().map(length -> elapsed() + length.toNanos()).orElse(FOR_EVER);
      this.left = new AtomicLong(step.count().orElse(FOR_EVER));
    }

    FaultStep step() {
      return step;
    }

    boolean isOver() {
      return left.get() <= 0 || (endNanos != FOR_EVER && elapsed() >= endNanos);
    }

    private boolean take() {
      return !isOver() && left.getAndDecrement() > 0;
    }

    private String json() {
      String time =
          endNanos == FOR_EVER
              ? ""
              : ",\"seconds_left\":" + Math.max(0, (endNanos - elapsed()) / 1_000_000) / 1e3;
      String count = left.get() > FOR_EVER / 2 ? "" : ",\"count_left\":" + left.get();
      return "{" + step.fields() + time + count + "}";
    }
  }

  void begin(FaultStep step) {
    active.add(new Active(step));
  }

  void clear() {
    active.clear();
  }

  /** Whether none is in force. */
  boolean isEmpty() {
    return active.isEmpty();
  }

  /** Those of a kind that are in force; what is over is forgotten. */
  List<Active> of(Fault fault) {
    if (active.isEmpty()) {
      return List.of();
    }
    active.removeIf(Active::isOver);
    return active.stream().filter(one -> one.step().fault() == fault).toList();
  }

  /** Plays a fault of that kind once, if one is in force. */
  Optional<FaultStep> take(Fault fault) {
    for (Active one : of(fault)) {
      if (one.take()) {
        count(fault);
        return Optional.of(one.step());
      }
    }
    return Optional.empty();
  }

  /** By how much a frame is to be delayed. */
  Duration delay() {
    Duration delay = Duration.ZERO;
    for (Active one : of(Fault.DELAY)) {
      delay = delay.plus(one.step().seconds("by").orElseThrow());
    }
    return delay;
  }

  void count(Fault fault) {
    count(fault, 1);
  }

  void count(Fault fault, long times) {
    played.get(fault).addAndGet(times);
  }

  /** The faults in force as an array. */
  String activeJson() {
    active.removeIf(Active::isOver);
    return active.stream().map(Active::json).collect(Collectors.joining(",", "[", "]"));
  }

  /** How often each fault was played, of those that were, as an object. */
  String playedJson() {
    return played.entrySet().stream()
        .filter(count -> count.getValue().get() > 0)
        .map(count -> "\"%s\":%d".formatted(count.getKey().label(), count.getValue().get()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private long elapsed() {
    return nanos.getAsLong() - startNanos;
  }
}
