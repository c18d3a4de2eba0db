package org.marketanalytics.aggregation;

import java.time.Duration;

/**
 * How far a partition was read.
 *
 * @param clockMillis greatest event end that was accepted, never past the time the record was
 *     received, or {@link #NOT_STARTED}
 * @param lastOffset offset of the last record, or -1
 */
public record Progress(long clockMillis, long lastOffset) {
  /** The clock of a partition without any accepted record. */
  public static final long NOT_STARTED = Long.MIN_VALUE;

  /** Before the first record. */
  public static final Progress START = new Progress(NOT_STARTED, -1);

  /** As bytes: format version, input and lateness of the run, clock, offset. */
  public byte[] encode(Settings settings) {
    Bytes bytes = new Bytes();
    bytes.writeByte(MinuteCodec.VERSION);
    bytes.writeByte(settings.input().code());
    bytes.writeLong(settings.latenessMillis());
    bytes.writeLong(clockMillis);
    bytes.writeLong(lastOffset);
    return bytes.copy();
  }

  /**
   * Decodes what {@link #encode} wrote, null being the start.
   *
   * @throws IllegalStateException when the bytes are of another format, or of a run with another
   *     input or lateness: with a longer lateness a late second would meet a minute that is already
   *     forgotten, and replace its whole bar
   */
  public static Progress decode(byte[] encoded, Settings settings) {
    if (encoded == null) {
      return START;
    }
    MinuteCodec.requireFormat(encoded, settings.input());
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
    return new Progress(bytes.readLong(), bytes.readLong());
  }
}
