package org.marketanalytics.app.ingest;

import java.util.Set;
import org.apache.kafka.common.KafkaException;

/**
 * What earlier runs left on the raw topic: the time at the feed, up to where it is complete, and
 * for which symbols events came. Read once, before this run writes anything.
 */
final class Beginning {
  private final LastRecords earlier;
  private final FeedClock clock;
  private final Gaps gaps;
  private LastRecords.Tail tail;

  Beginning(LastRecords earlier, FeedClock clock, Gaps gaps) {
    this.earlier = earlier;
    this.clock = clock;
    this.gaps = gaps;
  }

  /**
   * Reads it unless that is done.
   *
   * @throws KafkaException when the brokers do not answer; then it is to be tried again
   */
  synchronized void know(long nowMillis) {
    if (tail == null) {
      LastRecords.Tail read = earlier.read(nowMillis);
      read.feedMillis().ifPresent(millis -> clock.saw(millis, nowMillis));
      gaps.began(read.completeMillis(), read.feedMillis(), nowMillis);
      tail = read;
    }
  }

  synchronized Set<String> symbols() {
    return tail == null ? Set.of() : tail.symbols();
  }
}
