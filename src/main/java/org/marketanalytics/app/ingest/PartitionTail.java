package org.marketanalytics.app.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;

/** What the newest records of one partition tell, taken in their order. */
final class PartitionTail {
  private static final String REPLAY = "replay";
  private static final Pattern COMPLETE = Pattern.compile("\"complete\":([0-9]{1,18})");

  private final boolean replay;
  private final long nowMillis;
  private Moment newest;
  private boolean beaten;
  private OptionalLong held = OptionalLong.empty();
  private long liveMillis = Long.MIN_VALUE;

  /** A time at the feed, and the wall time at which it was told. */
  record Moment(long millis, long receivedMillis) {}

  /**
   * Nothing yet.
   *
   * @param replay whether what was replayed counts, and nothing else; otherwise it does not
   */
  PartitionTail(boolean replay, long nowMillis) {
    this.replay = replay;
    this.nowMillis = nowMillis;
  }

  /** Takes the next record, and adds its symbol. */
  void add(ConsumerRecord<byte[], byte[]> record, Set<String> symbols) {
    String origin = text(record, "origin");
    if (origin.equals(REPLAY) != replay) {
      return;
    }
    Optional<Moment> moment = moment(record);
    moment.filter(m -> newest == null || m.millis() > newest.millis()).ifPresent(m -> newest = m);
    if (text(record, "ev").equals("heartbeat")) {
      beaten = true;
      held = complete(record);
    } else if (record.key() != null) {
      symbols.add(new String(record.key(), UTF_8));
    }
    if (!origin.equals("backfill")) {
      moment.ifPresent(m -> liveMillis = Math.max(liveMillis, m.millis()));
    }
  }

  /** Whether there was a heartbeat: without one it is not known whether something is missing. */
  boolean beaten() {
    return beaten;
  }

  /** The greatest time. */
  Optional<Moment> newest() {
    return Optional.ofNullable(newest);
  }

  /** Up to where the partition is complete; empty when nothing tells. */
  OptionalLong completeMillis() {
    if (held.isPresent()) {
      return held;
    }
    return liveMillis == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(liveMillis);
  }

  private static OptionalLong complete(ConsumerRecord<byte[], byte[]> beat) {
    if (beat.value() == null) {
      return OptionalLong.empty();
    }
    Matcher complete = COMPLETE.matcher(new String(beat.value(), US_ASCII));
    return complete.find()
        ? OptionalLong.of(Long.parseLong(complete.group(1)))
        : OptionalLong.empty();
  }

  /** Empty for a record that says nothing, or what cannot be. */
  private Optional<Moment> moment(ConsumerRecord<byte[], byte[]> record) {
    String text = text(record, "received");
    if (!text.matches("[0-9]{1,18}") || record.timestampType() != TimestampType.CREATE_TIME) {
      return Optional.empty();
    }
    long received = Long.parseLong(text);
    long millis = record.timestamp();
    boolean possible =
        millis > 0
            && received <= nowMillis + FeedClock.AHEAD_MILLIS
            && millis <= received + FeedClock.AHEAD_MILLIS;
    return possible
        ? Optional.of(new Moment(Math.min(millis, received), received))
        : Optional.empty();
  }

  /** Empty when there is no such header. */
  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? "" : new String(header.value(), US_ASCII);
  }
}
