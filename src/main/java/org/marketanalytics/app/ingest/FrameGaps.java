package org.marketanalytics.app.ingest;

import java.util.List;
import java.util.OptionalLong;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.marketanalytics.camel.polygon.PolygonConstants;

/** What each frame has to do with gaps: it may open one, announce one, or be lost and make one. */
final class FrameGaps {
  /** Variable: where the frame stands among the gaps. */
  private static final String PLACE = "place";

  private final Gaps gaps;
  private final Beginning beginning;
  private final Beats beats;
  private final FeedClock clock;

  FrameGaps(Gaps gaps, Beginning beginning, Beats beats, FeedClock clock) {
    this.gaps = gaps;
    this.beginning = beginning;
    this.beats = beats;
    this.clock = clock;
  }

  /** Before the first frame of all: reads what earlier runs left. */
  void begin() {
    if (gaps.enabled()) {
      beginning.know(System.currentTimeMillis());
    }
  }

  /**
   * Puts the announcement of a gap, if there is one to be made, before the records of a frame whose
   * events the clock has seen.
   */
  void announce(Exchange exchange, List<Message> records) {
    if (!gaps.enabled()) {
      return;
    }
    long now = System.currentTimeMillis();
    long link = exchange.getMessage().getHeader(PolygonConstants.SESSION, 0L, Long.class);
    OptionalLong latest = clock.latestMillis();
    Gaps.Place place = frame(link, latest, now);
    exchange.setVariable(PLACE, place);
    if (place.opening() > 0) {
      long complete = place.completeMillis();
      records.addAll(
          0,
          beats.at(exchange.getContext(), now, latest.orElse(complete), OptionalLong.of(complete)));
    }
  }

  private Gaps.Place frame(long link, OptionalLong latest, long now) {
    try {
      return gaps.frame(link, latest, now);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while a gap was opened", e);
    }
  }

  /** Kafka has the records of the frame. */
  void sent(Exchange exchange) {
    Gaps.Place place = exchange.getVariable(PLACE, Gaps.Place.class);
    if (place != null) {
      gaps.announced(place.opening());
    }
  }

  /**
   * Kafka did not take the records of the frame.
   *
   * @param latestMillis the greatest time of its events, for a frame that failed before it had its
   *     place; 0 without any
   */
  void lost(Exchange exchange, long latestMillis) {
    Gaps.Place place = exchange.getVariable(PLACE, Gaps.Place.class);
    if (place != null) {
      gaps.lost(place);
    } else if (latestMillis > 0) {
      gaps.lost(latestMillis);
    }
  }
}
