package org.marketanalytics.simulator.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.marketanalytics.simulator.faults.Fault;
import org.marketanalytics.simulator.market.Bar;
import org.marketanalytics.simulator.market.Channel;
import org.marketanalytics.simulator.market.JsonBytes;
import org.marketanalytics.simulator.market.Market;
import org.marketanalytics.simulator.market.MarketSettings;
import org.marketanalytics.simulator.market.MarketSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a random market on by the clock and publishes what happens. */
final class MarketLoop implements Source, MarketSink {
  private static final Logger LOG = LoggerFactory.getLogger(MarketLoop.class);
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final long SECOND = 1_000;

  /** How far an unbounded market moves on at a time; what it sends does not depend on it. */
  private static final long UNBOUNDED_STEP_MILLIS = 50;

  private final MarketSettings settings;
  private final Pace pace;
  private final Duration flushInterval;
  private final Feed feed;
  private final BarHistory history;
  private final EventBatch batch;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile VirtualClock clock;

  MarketLoop(MarketSettings settings, Pace pace, FrameRules frames, Feed feed, BarHistory history) {
    this.settings = settings;
    this.pace = pace;
    this.flushInterval = frames.flushInterval();
    this.feed = feed;
    this.history = history;
    this.batch = new EventBatch(frames.maxEvents());
    this.thread = new Thread(this::run, "market-" + settings.cluster().label());
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public CompletableFuture<Boolean> stop() {
    stopping = true;
    return ended.copy();
  }

  @Override
  public CompletableFuture<Boolean> ended() {
    return ended.copy();
  }

  @Override
  public CompletableFuture<Void> begun() {
    return begun.copy();
  }

  @Override
  public Instant now() {
    VirtualClock running = clock;
    return running == null ? Instant.now() : Instant.ofEpochMilli(running.nowMillis());
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  @Override
  public boolean wants(Channel channel, int instrument) {
    return feed.wants(channel, instrument);
  }

  @Override
  public JsonBytes begin(Channel channel, int instrument, long timeMillis) {
    return batch.begin(channel, instrument, timeMillis);
  }

  @Override
  public void end() {
    batch.end();
    if (batch.isFull()) {
      publish();
    }
  }

  @Override
  public void sent(Channel channel, Bar bar) {
    history.add(channel, bar);
  }

  private void run() {
    try {
      ended.complete(trade());
    } catch (InterruptedException e) {
      ended.complete(false);
    } catch (RuntimeException e) {
      LOG.error("market failed cluster={}", settings.cluster().label(), e);
      ended.completeExceptionally(e);
    }
  }

  private boolean trade() throws InterruptedException {
    while (feed.lossless() && !feed.hasSubscribers() && !stopping) {
      feed.awaitSubscriber(IDLE);
    }
    if (stopping) {
      return true;
    }
    Instant start = settings.start().orElseGet(Instant::now);
    Market market = new Market(settings, start);
    clock = new VirtualClock(start.toEpochMilli(), pace.unbounded() ? 1 : pace.speed());
    begun.complete(null);
    LOG.info(
        "market open cluster={} symbols={} rate={} seed={} start={}",
        settings.cluster().label(),
        settings.symbols(),
        settings.rate(),
        settings.seed(),
        Instant.ofEpochMilli(market.nowMillis()));
    while (!stopping) {
      advance(market, Long.MAX_VALUE);
    }
    long lastSecond = -Math.floorDiv(-market.nowMillis(), SECOND) * SECOND;
    while (market.nowMillis() < lastSecond) {
      advance(market, lastSecond);
    }
    market.flush(this);
    feed.faults().count(Fault.REVISE, market.takeRevisions());
    publish();
    boolean drained = feed.drain();
    LOG.info(
        "market closed cluster={} at={}",
        settings.cluster().label(),
        Instant.ofEpochMilli(lastSecond));
    return drained;
  }

  private void advance(Market market, long limitMillis) throws InterruptedException {
    long target = pace.unbounded() ? market.nowMillis() + UNBOUNDED_STEP_MILLIS : clock.nowMillis();
    revise(market);
    market.advanceTo(Math.min(target, limitMillis), this);
    feed.faults().count(Fault.REVISE, market.takeRevisions());
    publish();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!pace.unbounded()) {
      Thread.sleep(flushInterval.toMillis());
    }
  }

  private void revise(Market market) {
    double share = 0;
    Duration within = Duration.ZERO;
    for (Faults.Active fault : feed.faults().of(Fault.REVISE)) {
      share = fault.step().share();
      within = fault.step().seconds("within").orElseThrow();
    }
    market.revise(share, within);
  }

  private void publish() {
    try {
      feed.publish(batch);
    } catch (InterruptedException e) {
      batch.clear();
      Thread.currentThread().interrupt();
    }
  }
}
