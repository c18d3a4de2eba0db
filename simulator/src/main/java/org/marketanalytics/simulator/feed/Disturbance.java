package org.marketanalytics.simulator.feed;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.marketanalytics.simulator.faults.Fault;
import org.marketanalytics.simulator.market.Channel;
import org.marketanalytics.simulator.market.JsonBytes;

/**
 * Repeats events, and holds some back, on their way to the clients. Its time is that of the events,
 * so the same events and seed come out the same. For the one thread that publishes.
 */
final class Disturbance {
  private static final int EVENTS = 1_000;
  private static final long JUMP_MILLIS = Duration.ofMinutes(10).toMillis();

  private final Faults faults;
  private final Delivery delivery;
  private final EventBatch out = new EventBatch(EVENTS);
  private final PriorityQueue<Held> held =
      new PriorityQueue<>(Comparator.comparingLong(Held::dueMillis).thenComparing(Held::number));
  private final Map<Faults.Active, SplittableRandom> draws = new HashMap<>();
  private long clockMillis;
  private long heldBack;

  /** Takes what is to be sent and empties it. */
  @FunctionalInterface
  interface Delivery {
    void deliver(EventBatch batch) throws InterruptedException;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Held(
      long dueMillis, long number, Channel channel, int symbol, long timeMillis, byte[] json) {}

  Disturbance(Faults faults, Delivery delivery) {
    this.faults = faults;
    this.delivery = delivery;
  }

  /** Whether events go through it unchanged. */
  boolean isCalm() {
    return held.isEmpty() && faults.isEmpty();
  }

  /** Sends the events that somebody is subscribed to, and those held back whose time has come. */
  void pass(EventBatch batch, Subscriptions interest) throws InterruptedException {
    for (int i = 0; i < batch.count(); i++) {
      tick(batch.timeMillis(i));
      release(clockMillis);
      if (interest.matches(batch.channel(i), batch.symbol(i)) && !holdsBack(batch, i)) {
        batch.copyTo(out.begin(batch.channel(i), batch.symbol(i), batch.timeMillis(i)), i);
        end();
      }
    }
    delivery.deliver(out);
  }

  /** Goes on with the events; back only where one was dated wrongly or a recording begins anew. */
  private void tick(long eventMillis) {
    if (eventMillis > clockMillis || clockMillis - eventMillis > JUMP_MILLIS) {
      clockMillis = eventMillis;
    }
  }

  /** Sends all that is held back. */
  void flush() throws InterruptedException {
    release(Long.MAX_VALUE);
    delivery.deliver(out);
  }

  /** Decides about an event; every fault in force draws for every event, whatever the others do. */
  private boolean holdsBack(EventBatch batch, int place) {
    boolean later = false;
    for (Faults.Active fault : faults.of(Fault.REPEAT)) {
      if (hits(fault)) {
        hold(batch, place, within(fault));
        faults.count(Fault.REPEAT);
      }
    }
    for (Faults.Active fault : faults.of(Fault.REORDER)) {
      if (hits(fault) && !later) {
        hold(batch, place, within(fault));
        faults.count(Fault.REORDER);
        later = true;
      }
    }
    for (Faults.Active fault : faults.of(Fault.LATE)) {
      if (hits(fault) && !later) {
        hold(batch, place, fault.step().seconds("by").orElseThrow().toMillis());
        faults.count(Fault.LATE);
        later = true;
      }
    }
    return later;
  }

  private boolean hits(Faults.Active fault) {
    return draw(fault).nextDouble() < fault.step().share();
  }

  private long within(Faults.Active fault) {
    Duration within = fault.step().seconds("within").orElseThrow();
    return (long) (draw(fault).nextDouble() * within.toMillis());
  }

  private SplittableRandom draw(Faults.Active fault) {
    return draws.computeIfAbsent(
        fault, begun -> new SplittableRandom(begun.step().whole("seed").orElseThrow()));
  }

  private void hold(EventBatch batch, int place, long millis) {
    JsonBytes json = new JsonBytes(256);
    batch.copyTo(json, place);
    held.add(
        new Held(
            clockMillis + millis,
            heldBack++,
            batch.channel(place),
            batch.symbol(place),
            batch.timeMillis(place),
            json.copy(0, json.length())));
  }

  private void release(long untilMillis) throws InterruptedException {
    while (!held.isEmpty() && held.peek().dueMillis() < untilMillis) {
      Held event = held.remove();
      out.begin(event.channel(), event.symbol(), event.timeMillis()).append(event.json());
      end();
    }
  }

  private void end() throws InterruptedException {
    out.end();
    if (out.isFull()) {
      delivery.deliver(out);
    }
  }
}
