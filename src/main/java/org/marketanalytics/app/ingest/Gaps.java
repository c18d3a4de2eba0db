package org.marketanalytics.app.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The times in which events are missing on the raw topic. While there is one, every heartbeat says
 * up to where the topic is complete, so that the job takes what is fetched as if it were in time.
 *
 * <p>That must be on the topic before the first live event after the interruption, which would move
 * the job's watermark past the gap, and no heartbeat that says otherwise may follow it. Therefore
 * frames carry announcements until Kafka has one of them, and a gap opens only when no heartbeat
 * that says nothing of it is on its way.
 *
 * <p>There are two at most: the one that is being filled, and one for all that was found since.
 */
public final class Gaps {
  private static final Logger LOG = LoggerFactory.getLogger(Gaps.class);

  /** An aggregate that the new connection did not get whole belongs to a second before its end. */
  private static final long MARGIN_MILLIS = Duration.ofSeconds(5).toMillis();

  /** Within that a link is found dead that says nothing any more. */
  private static final long SILENT_MILLIS = Duration.ofMinutes(1).toMillis();

  /** Delays after which a gap is asked for though it still grows. */
  private static final int PATIENCE = 4;

  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  private static final long UNKNOWN = Long.MIN_VALUE;
  private static final long NOTHING = Long.MAX_VALUE;

  private final GapRules rules;
  private Gap filling;
  private Gap waiting;
  private long session;
  private long lastFeedMillis = UNKNOWN;
  private long lastWallMillis;
  private long lostFromMillis = NOTHING;
  private long openings;
  private long announced;
  private int beatsOnTheirWay;

  Gaps(MeterRegistry meters, GapRules rules) {
    this.rules = rules;
    Gauge.builder("market.gaps.open", this, Gaps::count)
        .description("gaps whose events are not all on the raw topic yet")
        .register(meters);
    Gauge.builder("market.gap.seconds.open", this, Gaps::secondsOpen)
        .description("for how long the oldest gap is known")
        .register(meters);
  }

  /**
   * What a frame must know before its events go to Kafka.
   *
   * @param opening the announcement that goes before them; 0 for none
   * @param completeMillis what the announcement says
   * @param feedMillis the time at the feed before the frame, from which on something is missing if
   *     Kafka does not take it; empty when it is not known
   */
  record Place(long opening, long completeMillis, OptionalLong feedMillis) {}

  boolean enabled() {
    return rules.enabled();
  }

  /**
   * What earlier runs left, told before anything else.
   *
   * @param completeMillis up to where the topic is complete; empty when it tells nothing
   * @param feedMillis the time at the feed now; empty when it is not known
   * @param nowMillis the wall clock
   */
  synchronized void began(OptionalLong completeMillis, OptionalLong feedMillis, long nowMillis) {
    if (!rules.enabled()) {
      return;
    }
    long feedNow = feedMillis.orElse(nowMillis);
    if (completeMillis.isPresent()) {
      open(completeMillis.getAsLong() - rules.overlap().toMillis(), feedNow, nowMillis);
    } else if (!rules.onStart().isZero()) {
      // its first bar is to have all of its events
      open(minuteOf(feedNow - rules.onStart().toMillis()), feedNow, nowMillis);
    }
    feedMillis.ifPresent(millis -> remember(millis, nowMillis));
  }

  /**
   * A frame came. Blocks while a heartbeat is on its way that says nothing of the gap that the
   * frame opens.
   *
   * @param link the number of the connection
   * @param latestMillis the greatest time of an event, its own included; empty before the first
   * @param nowMillis the wall clock
   */
  synchronized Place frame(long link, OptionalLong latestMillis, long nowMillis)
      throws InterruptedException {
    while (beatsOnTheirWay > 0 && missingFrom(link) != NOTHING) {
      wait();
    }
    OptionalLong before = known(lastFeedMillis);
    openWhatIsMissing(link, latestMillis.orElse(UNKNOWN), nowMillis);
    latestMillis.ifPresent(millis -> remember(millis, nowMillis));
    long opening = count() > 0 && announced < openings ? openings : 0;
    return new Place(
        opening, completeMillis().orElse(NOTHING), before.isPresent() ? before : latestMillis);
  }

  /** Kafka has an announcement. */
  synchronized void announced(long opening) {
    announced = Math.max(announced, opening);
  }

  /** Kafka did not take a frame. */
  void lost(Place place) {
    place.feedMillis().ifPresent(this::lost);
  }

  /**
   * Something is missing from this time at the feed on; the next frame or heartbeat opens the gap.
   */
  synchronized void lost(long feedMillis) {
    if (rules.enabled()) {
      lostFromMillis = Math.min(lostFromMillis, feedMillis - rules.overlap().toMillis());
    }
  }

  /**
   * Heartbeats are to be sent; they are on their way until {@link #beaten}.
   *
   * @param link the number of the connection that is live
   * @param feedMillis the time at the feed
   * @param nowMillis the wall clock
   * @return false when none may be sent now
   */
  synchronized boolean beat(long link, long feedMillis, long nowMillis) {
    if (beatsOnTheirWay > 0 && missingFrom(link) != NOTHING) {
      return false;
    }
    openWhatIsMissing(link, feedMillis, nowMillis);
    if (lastFeedMillis != UNKNOWN) {
      remember(feedMillis - SILENT_MILLIS, nowMillis - SILENT_MILLIS);
    }
    beatsOnTheirWay++;
    return true;
  }

  /** The heartbeats are no longer on their way, wherever they are. */
  synchronized void beaten() {
    beatsOnTheirWay--;
    notifyAll();
  }

  /** Up to where the topic is complete; empty when nothing is missing. */
  synchronized OptionalLong completeMillis() {
    return open().mapToLong(Gap::fromMillis).min();
  }

  /**
   * The gap to be filled now: the same until {@link #close}. Of one that grows again and again, as
   * with a link that is cut every few seconds, it is what happened a delay ago; the rest is a gap
   * of its own.
   *
   * @param nowMillis the wall clock
   */
  public synchronized Optional<Gap> next(long nowMillis) {
    if (filling == null && waiting != null) {
      long delay = rules.delay().toMillis();
      long settled = nowMillis - waiting.settledMillis();
      long askable = waiting.toMillis() - MARGIN_MILLIS - (delay - settled);
      if (settled >= delay) {
        filling = waiting;
        waiting = null;
      } else if (waiting.ageMillis(nowMillis) >= PATIENCE * delay
          && askable > waiting.fromMillis()) {
        filling = waiting.before(askable);
        waiting = waiting.from(askable, nowMillis);
      }
    }
    return Optional.ofNullable(filling);
  }

  /** The gap that is being filled is none any more; heartbeats tell so. */
  public synchronized void close() {
    filling = null;
  }

  /** The gap that is known the longest. */
  public synchronized Optional<Gap> oldest() {
    return open().findFirst();
  }

  private int count() {
    return (int) open().count();
  }

  private synchronized double secondsOpen() {
    return oldest().map(gap -> gap.ageMillis(System.currentTimeMillis()) / 1e3).orElse(0.0);
  }

  private synchronized Stream<Gap> open() {
    return Stream.of(Optional.ofNullable(filling), Optional.ofNullable(waiting))
        .flatMap(Optional::stream);
  }

  private long missingFrom(long link) {
    boolean reconnected = session != 0 && link > session && lastFeedMillis != UNKNOWN;
    return rules.enabled() && reconnected
        ? Math.min(lostFromMillis, lastFeedMillis - rules.overlap().toMillis())
        : lostFromMillis;
  }

  private void openWhatIsMissing(long link, long latestMillis, long nowMillis) {
    long from = missingFrom(link);
    session = Math.max(session, link);
    if (from != NOTHING) {
      lostFromMillis = NOTHING;
      // the first event after the interruption may be an old one
      long sinceThen = lastFeedMillis + nowMillis - lastWallMillis;
      open(from, Math.max(latestMillis, sinceThen), nowMillis);
    }
  }

  private void open(long fromMillis, long feedMillis, long nowMillis) {
    Gap found = new Gap(fromMillis, feedMillis + MARGIN_MILLIS, nowMillis, nowMillis);
    Gap whole = waiting == null ? found : waiting.and(found);
    waiting = whole.notBefore(firstAllowed(whole.toMillis()));
    Instant from = Instant.ofEpochMilli(waiting.fromMillis());
    if (waiting.fromMillis() > whole.fromMillis()) {
      LOG.warn(
          "the gap is longer than market.backfill.max; what is older is not fetched from={} not_before={}",
          Instant.ofEpochMilli(whole.fromMillis()),
          from);
    }
    LOG.info("gap open from={} to={}", from, Instant.ofEpochMilli(waiting.toMillis()));
    openings++;
  }

  /** The first minute that is whole in the longest gap that ends then. */
  private long firstAllowed(long toMillis) {
    long longest = toMillis - rules.max().toMillis();
    return Math.min(toMillis, minuteOf(longest + MINUTE_MILLIS - 1));
  }

  private static long minuteOf(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS) * MINUTE_MILLIS;
  }

  private void remember(long feedMillis, long wallMillis) {
    if (feedMillis > lastFeedMillis) {
      lastFeedMillis = feedMillis;
      lastWallMillis = wallMillis;
    }
  }

  private static OptionalLong known(long millis) {
    return millis == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(millis);
  }
}
