package org.marketanalytics.aggregation;

import java.util.Arrays;

/**
 * A minute as bytes: format version, kind of input, which seconds are there, then each second as
 * differences in variable-length integers (about 25 bytes). Not thread-safe: one buffer serves all
 * minutes.
 */
final class MinuteCodec {
  private static final byte VERSION = 1;

  /** A minute is mostly decoded to take a late second or two; without room each would copy it. */
  private static final int ROOM = 6;

  private static final int HAS_HIGH_LOW = 1;
  private static final int HAS_OPEN_CLOSE = 2;
  private static final int HAS_NOTIONAL = 4;

  private final Input input;
  private final Bytes bytes = new Bytes();

  MinuteCodec(Input input) {
    this.input = input;
  }

  /** What the minutes are made of. */
  Input input() {
    return input;
  }

  /**
   * Encodes a minute.
   *
   * @param keepIdentities whether trades of this minute may still come (again); without, no later
   *     trade is known as a repetition
   */
  byte[] encode(Minute minute, boolean keepIdentities) {
    bytes.clear();
    bytes.writeByte(VERSION);
    bytes.writeByte(input.code());
    bytes.writeLong(minute.present());
    writeSeconds(bytes, minute, minute.present());
    if (input == Input.TRADES) {
      writeIdentities(bytes, keepIdentities ? minute.identities() : new LongSet());
    }
    return bytes.copy();
  }

  /**
   * Decodes a minute.
   *
   * @throws IllegalStateException when the bytes are of another format or another kind of input
   */
  Minute decode(long startMillis, byte[] encoded) {
    bytes.wrap(encoded);
    StateFormat.require(encoded, VERSION, VERSION, input);
    bytes.skip(2);
    long present = bytes.readLong();
    Minute minute =
        new Minute(input, startMillis, Math.min(Minute.SECONDS, Long.bitCount(present) + ROOM));
    readSeconds(bytes, minute, present);
    if (input == Input.TRADES) {
      readIdentities(bytes, minute.identities());
    }
    return minute;
  }

  /** Writes the seconds of a mask, which the minute has. */
  static void writeSeconds(Bytes bytes, Minute minute, long mask) {
    long[] cells = minute.cells();
    long lastLow = 0;
    long lastReceived = minute.startMillis();
    for (long left = mask; left != 0; left &= left - 1) {
      int at = minute.place(Long.numberOfTrailingZeros(left));
      boolean highLow = cells[at + Minute.HIGH] != Decimals.NONE;
      boolean openClose = cells[at + Minute.OPEN] != Decimals.NONE;
      boolean notional = cells[at + Minute.NOTIONAL] != Decimals.NONE;
      bytes.writeByte(
          (highLow ? HAS_HIGH_LOW : 0)
              | (openClose ? HAS_OPEN_CLOSE : 0)
              | (notional ? HAS_NOTIONAL : 0));
      if (highLow) {
        long low = cells[at + Minute.LOW];
        bytes.writeSigned(low - lastLow);
        bytes.writeUnsigned(cells[at + Minute.HIGH] - low);
        lastLow = low;
      }
      if (openClose) {
        bytes.writeUnsigned(cells[at + Minute.OPEN] - lastLow);
        bytes.writeUnsigned(cells[at + Minute.CLOSE] - lastLow);
      }
      bytes.writeUnsigned(cells[at + Minute.VOLUME]);
      if (notional) {
        bytes.writeUnsigned(cells[at + Minute.NOTIONAL]);
      }
      bytes.writeUnsigned(cells[at + Minute.TRADES]);
      bytes.writeSigned(cells[at + Minute.RECEIVED] - lastReceived);
      lastReceived = cells[at + Minute.RECEIVED];
      for (int i = Minute.WIDTH_OF_AGGREGATES; i < minute.width(); i++) {
        bytes.writeUnsigned(cells[at + i]);
      }
    }
  }

  /** Reads the seconds of a mask into a minute, in place of those that it may have. */
  static void readSeconds(Bytes bytes, Minute minute, long mask) {
    long lastLow = 0;
    long lastReceived = minute.startMillis();
    for (long left = mask; left != 0; left &= left - 1) {
      int at = minute.place(Long.numberOfTrailingZeros(left));
      long[] cells = minute.cells();
      int flags = bytes.readByte();
      Arrays.fill(cells, at + Minute.OPEN, at + Minute.CLOSE + 1, Decimals.NONE);
      if ((flags & HAS_HIGH_LOW) != 0) {
        lastLow += bytes.readSigned();
        cells[at + Minute.LOW] = lastLow;
        cells[at + Minute.HIGH] = lastLow + bytes.readUnsigned();
      }
      if ((flags & HAS_OPEN_CLOSE) != 0) {
        cells[at + Minute.OPEN] = lastLow + bytes.readUnsigned();
        cells[at + Minute.CLOSE] = lastLow + bytes.readUnsigned();
      }
      cells[at + Minute.VOLUME] = bytes.readUnsigned();
      cells[at + Minute.NOTIONAL] =
          (flags & HAS_NOTIONAL) != 0 ? bytes.readUnsigned() : Decimals.NONE;
      cells[at + Minute.TRADES] = bytes.readUnsigned();
      lastReceived += bytes.readSigned();
      cells[at + Minute.RECEIVED] = lastReceived;
      for (int i = Minute.WIDTH_OF_AGGREGATES; i < minute.width(); i++) {
        cells[at + i] = bytes.readUnsigned();
      }
    }
  }

  static void writeIdentities(Bytes bytes, LongSet identities) {
    bytes.writeUnsigned(identities.size());
    identities.forEach(bytes::writeLong);
  }

  static void readIdentities(Bytes bytes, LongSet identities) {
    for (long left = bytes.readUnsigned(); left > 0; left--) {
      identities.add(bytes.readLong());
    }
  }
}
