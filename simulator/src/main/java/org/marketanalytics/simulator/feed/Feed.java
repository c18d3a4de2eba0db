package org.marketanalytics.simulator.feed;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.marketanalytics.simulator.market.Channel;

/** The subscribed clients of a market or of a replay, and the way to them. One thread publishes. */
final class Feed {
  private static final Duration FOREVER = Duration.ofDays(365);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);

  private final Symbols symbols;
  private final boolean lossless;
  private final TradeHistory trades;
  private final Tally tally;
  private final Optional<Journal> journal;
  private final Faults faults;
  private final Disturbance disturbance;
  private final CopyOnWriteArrayList<Client> clients = new CopyOnWriteArrayList<>();
  private final Object changes = new Object();
  private volatile Subscriptions interest = Subscriptions.NONE;
  private volatile Subscriptions everWanted = Subscriptions.NONE;
  private volatile List<Listener> listeners = List.of();
  private volatile boolean waiting;

  /** A client, and what it wanted when that was last taken up. */
  private record Listener(Client client, Subscriptions wanted) {
    static Listener of(Client client) {
      return new Listener(client, client.subscriptions());
    }
  }

  /**
   * @param symbols the numbers of the symbols it publishes
   * @param lossless whether the publisher waits for clients that are behind; they are closed
   *     otherwise
   * @param trades what keeps its trades
   * @param journal where its events are written down
   */
  Feed(
      Collection<String> symbols,
      boolean lossless,
      TradeHistory trades,
      Tally tally,
      Optional<Journal> journal,
      Faults faults) {
    this.symbols = new Symbols(List.copyOf(symbols));
    this.lossless = lossless;
    this.trades = trades;
    this.tally = tally;
    this.journal = journal;
    this.faults = faults;
    this.disturbance = new Disturbance(faults, this::deliver);
  }

  Symbols symbols() {
    return symbols;
  }

  TradeHistory trades() {
    return trades;
  }

  boolean lossless() {
    return lossless;
  }

  Faults faults() {
    return faults;
  }

  /** Whether an event is to be made: somebody was subscribed to it, or it is kept. */
  boolean wants(Channel channel, int symbol) {
    return trades.keeps(channel) || everWanted.matches(channel, symbol);
  }

  boolean hasSubscribers() {
    return !interest.isEmpty();
  }

  int connections() {
    return clients.size();
  }

  void join(Client client) {
    clients.add(client);
    refresh();
  }

  void leave(Client client) {
    clients.remove(client);
    refresh();
  }

  /** Takes up what the clients want now; to be called after each change of their subscriptions. */
  void refresh() {
    synchronized (changes) {
      interest = Subscriptions.union(clients.stream().map(Client::subscriptions).toList());
      everWanted = Subscriptions.union(List.of(everWanted, interest));
      // last: whoever sees a listener sees that it was wanted
      listeners = clients.stream().map(Listener::of).toList();
      changes.notifyAll();
    }
  }

  /**
   * Keeps the events, sends them to those who want them, and empties the batch. What a fault does
   * to them is done on the way to the clients only.
   */
  void publish(EventBatch batch) throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    trades.keep(batch);
    List<Listener> audience = listeners;
    Subscriptions wanted = everWanted;
    tally.made(batch.count(wanted));
    journal.ifPresent(file -> file.write(batch, wanted));
    if (disturbance.isCalm()) {
      deliver(batch, audience);
    } else {
      disturbance.pass(batch, interest);
      batch.clear();
    }
  }

  private void deliver(EventBatch batch) throws InterruptedException {
    deliver(batch, listeners);
  }

  private void deliver(EventBatch batch, List<Listener> audience) throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    EventBatch.Frame whole = null;
    for (Listener listener : audience) {
      if (!listener.wanted().isEmpty()) {
        whole = whole == null ? batch.whole() : whole;
        listener.client().send(batch.matching(listener.wanted(), whole));
      }
    }
    batch.clear();
    if (lossless) {
      await(Client::isBehind, FOREVER);
    }
  }

  /** Sends a message as it is to everybody who is subscribed to anything. */
  void publishRaw(EventBatch.Frame frame) throws InterruptedException {
    List<Listener> audience = listeners;
    if (!everWanted.isEmpty()) {
      tally.made(1);
      journal.ifPresent(file -> file.write(frame.bytes()));
    }
    for (Listener listener : audience) {
      if (!listener.wanted().isEmpty()) {
        listener.client().send(frame);
      }
    }
    if (lossless) {
      await(Client::isBehind, FOREVER);
    }
  }

  /** Waits until somebody is subscribed to something, at most that long. */
  void awaitSubscriber(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    synchronized (changes) {
      while (!hasSubscribers() && System.nanoTime() < end) {
        changes.wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    }
  }

  /**
   * Waits until everything is on its way, at most half a minute; false if a client did not take it.
   */
  boolean drain() throws InterruptedException {
    disturbance.flush();
    return await(client -> client.pendingBytes() > 0, DRAIN_LIMIT);
  }

  /** To be called when a client has taken something. */
  void taken() {
    if (waiting) {
      synchronized (changes) {
        changes.notifyAll();
      }
    }
  }

  private boolean await(Predicate<Client> busy, Duration limit) throws InterruptedException {
    if (clients.stream().noneMatch(busy)) {
      return true;
    }
    long end = System.nanoTime() + limit.toNanos();
    synchronized (changes) {
      waiting = true;
      try {
        while (clients.stream().anyMatch(busy)) {
          long left = (end - System.nanoTime()) / 1_000_000;
          if (left <= 0) {
            return false;
          }
          changes.wait(Math.min(left, 100));
        }
        return true;
      } finally {
        waiting = false;
      }
    }
  }
}
