package org.marketanalytics.simulator.feed;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.marketanalytics.simulator.faults.BadStep;
import org.marketanalytics.simulator.faults.Fault;
import org.marketanalytics.simulator.faults.FaultStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays faults when their time comes. Times are real seconds since the market began. */
final class FaultPlan implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultPlan.class);

  private final Faults faults;
  private final SessionRules sessions;
  private final Door door;
  private final boolean replays;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "faults");
            thread.setDaemon(true);
            return thread;
          });
  private final CopyOnWriteArrayList<Planned> planned = new CopyOnWriteArrayList<>();
  private final List<FaultStep> waiting = new ArrayList<>();
  private long beganNanos;
  private boolean begun;

  /** The port, which may be closed for a time. */
  @FunctionalInterface
  interface Door {
    void shut(Duration time);
  }

  /** A step that is still to be played. */
  private static final class Planned {
    private final FaultStep step;
    private long left;
    private ScheduledFuture<?> next;

    Planned(FaultStep step) {
      this.step = step;
      this.left = step.every().isEmpty() ? 1 : step.times().orElse(Long.MAX_VALUE);
    }
  }

  FaultPlan(Faults faults, SessionRules sessions, Door door, boolean replays) {
    this.faults = faults;
    this.sessions = sessions;
    this.door = door;
    this.replays = replays;
  }

  /**
   * Takes a script before the market begins. What is in force from its very beginning is so at
   * once, for the first event is made before a clock could tell.
   *
   * @throws BadStep if a step cannot be played here
   */
  synchronized void load(List<FaultStep> script) throws BadStep {
    for (int i = 0; i < script.size(); i++) {
      check("step " + (i + 1), script.get(i));
    }
    for (FaultStep step : script) {
      if (step.every().isEmpty()
          && step.fault().lasts()
          && step.fault() != Fault.REFUSE
          && step.at().orElse(Duration.ZERO).isZero()) {
        faults.begin(step);
      } else {
        waiting.add(step);
      }
    }
  }

  /** The market begins now. */
  synchronized void begin() {
    if (!begun) {
      begun = true;
      beganNanos = System.nanoTime();
      // of one moment for all, so that steps of the same time keep their order
      waiting.forEach(step -> plan(step, 0));
      waiting.clear();
    }
  }

  /**
   * Plays a step, at once if it does not say when.
   *
   * @throws BadStep if it cannot be played here
   */
  synchronized void add(FaultStep step) throws BadStep {
    check("step", step);
    if (step.at().isEmpty() && step.every().isEmpty()) {
      play(step);
    } else if (begun) {
      plan(step, System.nanoTime() - beganNanos);
    } else {
      waiting.add(step);
    }
  }

  /** Forgets what is planned and ends what is in force; links that are half open stay so. */
  synchronized void clear() {
    planned.forEach(step -> step.next.cancel(false));
    planned.clear();
    waiting.clear();
    faults.clear();
  }

  /** What is in force, what is planned, and what was played. */
  synchronized Answer status() {
    String steps =
        Stream.concat(waiting.stream(), planned.stream().map(one -> one.step))
            .map(step -> "{" + step.fields() + "}")
            .collect(Collectors.joining(",", "[", "]"));
    return Answer.ok(
        "{\"active\":%s,\"planned\":%s,\"played\":%s}"
            .formatted(faults.activeJson(), steps, faults.playedJson()));
  }

  /** The thread on which faults are played, which may wait. */
  Executor thread() {
    return clock;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void check(String name, FaultStep step) throws BadStep {
    if (replays && step.fault() == Fault.REVISE) {
      throw new BadStep(name + ": revise is for a market; a replay sends what was recorded");
    }
  }

  private void plan(FaultStep step, long elapsedNanos) {
    Duration first = step.at().or(step::every).orElse(Duration.ZERO);
    Planned one = new Planned(step);
    planned.add(one);
    one.next =
        clock.schedule(
            () -> run(one), Math.max(0, first.toNanos() - elapsedNanos), TimeUnit.NANOSECONDS);
  }

  private synchronized void run(Planned one) {
    if (!planned.contains(one)) {
      return;
    }
    play(one.step);
    one.left--;
    Optional<Duration> every = one.step.every();
    if (every.isEmpty() || one.left == 0) {
      planned.remove(one);
    } else {
      one.next = clock.schedule(() -> run(one), every.get().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void play(FaultStep step) {
    LOG.info("fault played fault={}", step.fault().label());
    switch (step.fault()) {
      case DROP ->
          each(
              step,
              session -> {
                switch (step.word("how")) {
                  case "abort" -> session.abort();
                  case "half_open" -> session.mute();
                  default -> session.goAway();
                }
              });
      case PAUSE -> each(step, session -> session.pause(step.length().orElseThrow()));
      case FORCE_DISCONNECT -> each(step, session -> session.refuse(Status.FORCED));
      case SLOW_CONSUMER -> each(step, session -> session.refuse(Status.TOO_SLOW));
      case GARBAGE -> garbage(step);
      case REFUSE -> {
        if (step.word("how").equals("port")) {
          faults.count(Fault.REFUSE);
          door.shut(step.length().orElseThrow());
        } else {
          faults.begin(step);
        }
      }
      default -> faults.begin(step);
    }
  }

  private void each(FaultStep step, Consumer<FeedSession> effect) {
    sessions.sessions().stream()
        .filter(FeedSession::isOpen)
        .limit(step.count().orElse(Long.MAX_VALUE))
        .forEach(
            session -> {
              effect.accept(session);
              faults.count(step.fault());
            });
  }

  private void garbage(FaultStep step) {
    int mib = (int) step.whole("mib").orElseThrow();
    sessions.sessions().stream()
        .filter(FeedSession::isOpen)
        .forEach(
            session -> {
              for (long left = step.count().orElseThrow(); left > 0; left--) {
                ByteBuf frame = Garbage.frame(step.word("what"), mib);
                session.frame(frame);
                faults.count(Fault.GARBAGE);
              }
            });
  }
}
