package org.marketanalytics.simulator.market;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes that JSON is written to without making a string of anything. */
public final class JsonBytes {
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private byte[] bytes;
  private int length;

  /** An empty array with room for that many bytes before it grows. */
  public JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  /** How many bytes are written. */
  public int length() {
    return length;
  }

  /** Forgets all but the first {@code newLength} bytes. */
  public void truncate(int newLength) {
    length = newLength;
  }

  /** A copy of a part. */
  public byte[] copy(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** Appends a part of another array of bytes. */
  public JsonBytes append(JsonBytes source, int from, int to) {
    return append(source.bytes, from, to - from);
  }

  /** Appends all of the bytes. */
  public JsonBytes append(byte[] source) {
    return append(source, 0, source.length);
  }

  /** Appends {@code count} bytes from {@code offset}. */
  public JsonBytes append(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
    return this;
  }

  /** Appends one byte. */
  public JsonBytes append(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Appends ASCII text as it is. */
  @SuppressWarnings("deprecation") // the one conversion of ASCII that copies without an encoder
  public JsonBytes append(String ascii) {
    int count = ascii.length();
    reserve(count);
    ascii.getBytes(0, count, bytes, length);
    length += count;
    return this;
  }

  /** Appends a whole number. */
  public JsonBytes number(long value) {
    reserve(20);
    long rest = value;
    if (value < 0) {
      bytes[length++] = '-';
      rest = -value;
    }
    int digits = digits(rest);
    putDigits(rest, digits);
    return this;
  }

  /**
   * Appends {@code unscaled} / 10^{@code decimals} with no trailing zeros and no point for a whole
   * number.
   */
  public JsonBytes decimal(long unscaled, int decimals) {
    long whole = unscaled / POWERS[decimals];
    long fraction = Math.abs(unscaled % POWERS[decimals]);
    if (unscaled < 0 && whole == 0) {
      append('-');
    }
    number(whole);
    if (fraction == 0) {
      return this;
    }
    int kept = decimals;
    while (fraction % 10 == 0) {
      fraction /= 10;
      kept--;
    }
    append('.');
    reserve(kept);
    putDigits(fraction, kept);
    return this;
  }

  /**
   * Appends {@code unscaled} / 10^{@code decimals} as the feed's decimal strings: whole numbers end
   * in {@code .0}.
   */
  public JsonBytes decimalString(long unscaled, int decimals) {
    decimal(unscaled, decimals);
    return unscaled % POWERS[decimals] == 0 ? append(".0") : this;
  }

  /** As {@link #decimalString} but with all decimals where there is a fraction. */
  public JsonBytes paddedDecimalString(long unscaled, int decimals) {
    if (unscaled % POWERS[decimals] == 0) {
      return decimalString(unscaled, decimals);
    }
    number(unscaled / POWERS[decimals]).append('.');
    reserve(decimals);
    putDigits(Math.abs(unscaled % POWERS[decimals]), decimals);
    return this;
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static int digits(long value) {
    for (int digits = 1; digits < POWERS.length; digits++) {
      if (value < POWERS[digits]) {
        return digits;
      }
    }
    return POWERS.length;
  }

  private void putDigits(long value, int count) {
    long rest = value;
    for (int at = length + count - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
  }

  private void reserve(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
  }
}
