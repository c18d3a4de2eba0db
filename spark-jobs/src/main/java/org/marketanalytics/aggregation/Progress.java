package org.marketanalytics.aggregation;

import java.time.Duration;

/**
 * How far a partition was read.
 *
 * @param clockMillis greatest event end that was accepted, never past the time the record was
 *     received, or {@link #NOT_STARTED}
 * @param watermarkMillis the greatest time that the clock reached while the log was complete up to
 *     it: what is late, final and forgotten goes by it. Equal to the clock unless events are
 *     missing
 * @param completeMillis up to where the log is complete by the last heartbeat, or {@link
 *     Heartbeat#ALL}
 * @param lastOffset offset of the last record, or -1
 */
public record Progress(
    long clockMillis, long watermarkMillis, long completeMillis, long lastOffset) {
  /** The clock of a partition without any record that moved it. */
  public static final long NOT_STARTED = Long.MIN_VALUE;

  /** Before the first record. */
  public static final Progress START = new Progress(NOT_STARTED, NOT_STARTED, Heartbeat.ALL, -1);

  /** The first version knew a clock only: its log was taken to be complete at any time. */
  private static final byte CLOCK_ONLY = 1;

  /** The second kept all minutes whole; with entries in a journal, a job before must not go on. */
  private static final byte VERSION = 3;

  /**
   * As bytes: format version, input and lateness of the run, offset, clock, watermark, complete.
   */
  public byte[] encode(Settings settings) {
    Bytes bytes = new Bytes();
    bytes.writeByte(VERSION);
    bytes.writeByte(settings.input().code());
    bytes.writeLong(settings.latenessMillis());
    bytes.writeLong(clockMillis);
    bytes.writeLong(lastOffset);
    bytes.writeLong(watermarkMillis);
    bytes.writeLong(completeMillis);
    return bytes.copy();
  }

  /**
   * Decodes what {@link #encode} of this version or those before wrote, null being the start.
   *
   * @throws IllegalStateException when the bytes are of another format, or of a run with another
   *     input or lateness: with a longer lateness a late second would meet a minute that is already
   *     forgotten, and replace its whole bar
   */
  public static Progress decode(byte[] encoded, Settings settings) {
    if (encoded == null) {
      return START;
    }
    StateFormat.require(encoded, CLOCK_ONLY, VERSION, settings.input());
    Bytes bytes = new Bytes();
    bytes.wrap(encoded);
    bytes.skip(2);
    long lateness = bytes.readLong();
    if (lateness != settings.latenessMillis()) {
      throw new IllegalStateException(
          "the checkpoint was made with lateness=%s, not lateness=%s: go on with the former, or use a new checkpoint"
              .formatted(
                  Settings.shown(Duration.ofMillis(lateness)),
                  Settings.shown(settings.lateness())));
    }
    long clock = bytes.readLong();
    long lastOffset = bytes.readLong();
    if (encoded[0] == CLOCK_ONLY) {
      return new Progress(clock, clock, Heartbeat.ALL, lastOffset);
    }
    return new Progress(clock, bytes.readLong(), bytes.readLong(), lastOffset);
  }
}
