package org.marketanalytics.simulator.market;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A random market. What it sends depends on its settings alone: neither on who listens nor on the
 * steps in which its time moves on. Aggregates are made of the very trades that are sent.
 *
 * <p>Not safe for use by several threads.
 */
public final class Market {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;

  /** Share of the regular rate that is left before and after the regular session. */
  private static final double EXTENDED_ACTIVITY = 0.1;

  private final MarketSettings settings;
  private final Tape tape;
  private final Instrument[] instruments;
  private final Popularity popularity;
  private final Randomness random;
  private final StockQuotes quotes;
  private final ZoneId zone;
  private final long delayMillis;
  private final Tick tick = new Tick();
  private final long[] sequences = new long[4];
  private final int[] arrivals = new int[(int) SECOND];
  private final int[] active;
  private final ArrayDeque<Due> due = new ArrayDeque<>();
  private final Randomness revisionDraws;
  private final PriorityQueue<Revision> revisions =
      new PriorityQueue<>(
          Comparator.comparingLong(Revision::atMillis).thenComparingLong(Revision::number));
  private double revisedShare;
  private int revisedWithinMillis = 1;
  private long revisionsPlanned;
  private long revisionsSent;
  private int activeCount;
  private long clock;
  private long nextDay;
  private double carried;
  private Session session = Session.REGULAR;

  private record Revision(long atMillis, long number, Channel channel, Bar bar) {}

  private record Due(long atMillis, Channel channel, List<Bar> bars) {}

  /**
   * A market before its first event.
   *
   * @param settings what is traded and how
   * @param start its first moment, cut to a whole second
   */
  public Market(MarketSettings settings, Instant start) {
    this.settings = settings;
    Cluster cluster = settings.cluster();
    tape = tape(cluster);
    random = new Randomness(settings.seed() * 31 + cluster.label().hashCode());
    // of its own, so that the market is otherwise the same with revisions and without
    revisionDraws = new Randomness(settings.seed() * 37 + cluster.label().hashCode());
    quotes = new StockQuotes();
    zone = cluster == Cluster.CRYPTO ? ZoneOffset.UTC : TradingCalendar.NEW_YORK;
    delayMillis = settings.aggregateDelay().toMillis();
    clock = Math.floorDiv(start.toEpochMilli(), SECOND) * SECOND;
    nextDay = dayAfter(clock);
    // a market restarted later the same day goes on with numbers it cannot have used before
    long secondOfDay = Math.floorMod(clock / SECOND, 86_400L);
    Arrays.fill(sequences, secondOfDay * settings.rate() * 8);
    List<Listing.Entry> listing = Listing.of(cluster, settings.symbols());
    instruments = new Instrument[listing.size()];
    for (int i = 0; i < instruments.length; i++) {
      Listing.Entry entry = listing.get(i);
      instruments[i] =
          new Instrument(i, entry, tape.tickOf(entry.price()), secondOfDay * settings.rate());
    }
    popularity = new Popularity(instruments.length);
    active = new int[instruments.length];
    startSecond();
  }

  private static Tape tape(Cluster cluster) {
    return switch (cluster) {
      case STOCKS -> new StockTape();
      case CRYPTO -> new CryptoTape();
      case FOREX -> new ForexTape();
      case OPTIONS -> new OptionTape();
      case INDICES -> new IndexTape();
    };
  }

  /** The symbols as events name them; the place in this list is the instrument of a {@link Bar}. */
  public static List<String> symbols(Cluster cluster, int count) {
    return Listing.of(cluster, count).stream().map(Listing.Entry::symbol).toList();
  }

  /** The moment up to which everything has been sent, in milliseconds. */
  public long nowMillis() {
    return clock;
  }

  /** Sends everything that happens before {@code untilMillis}. */
  public void advanceTo(long untilMillis, MarketSink sink) {
    while (clock < untilMillis) {
      sendAggregates(clock, sink);
      for (int left = arrivals[(int) (clock % SECOND)]; left > 0; left--) {
        happen(sink);
      }
      clock++;
      if (clock % SECOND == 0) {
        endSecond();
      }
    }
  }

  /** Sends the aggregates of all seconds and minutes that are over, though their delay is not. */
  public void flush(MarketSink sink) {
    sendAggregates(Long.MAX_VALUE, sink);
  }

  /**
   * Sends a share of the seconds once more from now on, with other values.
   *
   * @param share 0 to 1
   * @param within how long after the first time, at most
   */
  public void revise(double share, Duration within) {
    revisedShare = share;
    revisedWithinMillis = (int) Math.max(1, within.toMillis());
  }

  /** How many seconds were sent once more since this was asked last. */
  public long takeRevisions() {
    long sent = revisionsSent;
    revisionsSent = 0;
    return sent;
  }

  private void happen(MarketSink sink) {
    Instrument instrument = instruments[popularity.next(random)];
    instrument.step(random);
    tick.timeMillis = clock;
    int tapeNumber = instrument.tape();
    sequences[tapeNumber] += 1 + random.below(7);
    tick.sequence = sequences[tapeNumber];
    if (settings.quotes() > 0
        && settings.cluster() == Cluster.STOCKS
        && random.below(settings.quotes() + 1) > 0) {
      quotes.draw(instrument, random);
      if (sink.wants(Channel.Q, instrument.index())) {
        quotes.write(sink.begin(Channel.Q, instrument.index(), clock), instrument, tick);
        sink.end();
      }
      return;
    }
    tape.draw(instrument, session, random, tick);
    tick.id = instrument.nextId();
    if (instrument.count(tick)) {
      active[activeCount++] = instrument.index();
    }
    if (tick.conditions.rule().openClose() && session == Session.REGULAR) {
      instrument.opensAt(tick.price);
    }
    if (sink.wants(tape.ticks(), instrument.index())) {
      tape.write(sink.begin(tape.ticks(), instrument.index(), clock), instrument, tick);
      sink.end();
    }
  }

  private void endSecond() {
    List<Bar> seconds = new ArrayList<>(activeCount);
    for (int i = 0; i < activeCount; i++) {
      Instrument instrument = instruments[active[i]];
      if (instrument.second().hasOpen()) {
        seconds.add(instrument.bar(instrument.second(), clock - SECOND, clock));
      }
      instrument.second().clear();
    }
    activeCount = 0;
    due.add(new Due(clock + delayMillis, tape.seconds(), seconds));
    if (clock % MINUTE == 0) {
      endMinute();
    }
    if (clock >= nextDay) {
      nextDay = dayAfter(clock);
      Arrays.stream(instruments).forEach(Instrument::startDay);
    }
    startSecond();
  }

  private void endMinute() {
    List<Bar> minutes = new ArrayList<>();
    for (Instrument instrument : instruments) {
      if (instrument.minute().hasOpen()) {
        minutes.add(instrument.bar(instrument.minute(), clock - MINUTE, clock));
      }
      instrument.minute().clear();
    }
    due.add(new Due(clock + delayMillis, tape.minutes(), minutes));
  }

  /** Spreads the events of the second that begins over its milliseconds. */
  private void startSecond() {
    if (settings.sessions()) {
      session = TradingCalendar.session(settings.cluster(), Instant.ofEpochMilli(clock));
    }
    carried += settings.rate() * activity();
    int count = (int) carried;
    carried -= count;
    Arrays.fill(arrivals, 0);
    for (int i = 0; i < count; i++) {
      arrivals[random.below((int) SECOND)]++;
    }
  }

  private double activity() {
    return switch (session) {
      case CLOSED -> 0;
      case PRE_MARKET, AFTER_HOURS -> EXTENDED_ACTIVITY;
      case REGULAR -> 1;
    };
  }

  private void sendAggregates(long untilMillis, MarketSink sink) {
    while (!due.isEmpty() && due.peek().atMillis() <= untilMillis) {
      Due batch = due.remove();
      for (Bar bar : batch.bars()) {
        send(batch.channel(), bar, sink);
        if (batch.channel() == tape.seconds()) {
          planRevision(batch, bar);
        }
      }
    }
    while (!revisions.isEmpty() && revisions.peek().atMillis() <= untilMillis) {
      Revision revision = revisions.remove();
      send(revision.channel(), revision.bar(), sink);
      revisionsSent++;
    }
  }

  private void planRevision(Due batch, Bar bar) {
    if (revisedShare > 0 && revisionDraws.fraction() < revisedShare) {
      revisions.add(
          new Revision(
              batch.atMillis() + 1 + revisionDraws.below(revisedWithinMillis),
              revisionsPlanned++,
              batch.channel(),
              bar.revised(revisionDraws, instruments[bar.instrument()].tick())));
    }
  }

  private void send(Channel channel, Bar bar, MarketSink sink) {
    sink.sent(channel, bar);
    if (sink.wants(channel, bar.instrument())) {
      JsonBytes json = sink.begin(channel, bar.instrument(), bar.startMillis());
      tape.write(json, channel, instruments[bar.instrument()], bar);
      sink.end();
    }
  }

  private long dayAfter(long millis) {
    return Instant.ofEpochMilli(millis)
        .atZone(zone)
        .toLocalDate()
        .plusDays(1)
        .atStartOfDay(zone)
        .toInstant()
        .toEpochMilli();
  }
}
