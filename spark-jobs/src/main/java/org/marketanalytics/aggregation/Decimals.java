package org.marketanalytics.aggregation;

import java.math.BigInteger;

/**
 * Exact decimals as {@code long}s in millionths: {@code 181.52} is 181,520,000.
 *
 * <p>Numbers are below 100 billion ({@link #LIMIT}), so that sixty of them add up in a {@code long}
 * and every result fits the tables' {@code DECIMAL(18,6)} and {@code DECIMAL(20,6)}. Rounding is
 * half up, and only on the way in (digits after the sixth) and at a division or product.
 */
final class Decimals {
  /** Millionths in 1. */
  static final long ONE = 1_000_000;

  /** Numbers stay below this: 100 billion, in millionths. */
  static final long LIMIT = 100_000_000_000L * ONE;

  /** Stands for a number that is not there. */
  static final long NONE = Long.MIN_VALUE;

  /** Result of {@link #parse} for text that is no JSON number. */
  static final long NOT_A_NUMBER = Long.MIN_VALUE;

  /**
   * Result of {@link #parse} for a number at or beyond {@link #LIMIT}, or with more digits than
   * anyone means.
   */
  static final long TOO_LARGE = Long.MAX_VALUE;

  /** Most characters that {@link #write} and {@link #writeInteger} need. */
  static final int LONGEST = 24;

  private static final int PLACES = 6;
  private static final int MOST_DIGITS = 60;
  private static final int MOST_EXPONENT = 1_000;

  /** A number of so many digits, or digits and a point, is below {@link #LIMIT}. */
  private static final int SAFE_LENGTH = 11;

  private static final int NOT_PLAIN = -1;
  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, ONE};

  private Decimals() {}

  /**
   * Reads a number as JSON spells it ({@code 12}, {@code 0.25}, {@code 1.5e-3}).
   *
   * @param text in UTF-8
   * @return millionths rounded half up, {@link #NOT_A_NUMBER} or {@link #TOO_LARGE}
   */
  static long parse(byte[] text, int start, int length) {
    int end = start + length;
    long plain = length <= SAFE_LENGTH ? plain(text, start, end) : NOT_PLAIN;
    return plain != NOT_PLAIN ? plain : any(text, start, end);
  }

  /** A number without sign and exponent, and with six places at most, in one pass. */
  private static long plain(byte[] text, int start, int end) {
    long value = 0;
    int at = start;
    for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
      value = value * 10 + (text[at] - '0');
    }
    if (at == start || (text[start] == '0' && at > start + 1)) {
      return NOT_PLAIN;
    }
    if (at == end) {
      return value * ONE;
    }
    int places = end - at - 1;
    if (text[at] != '.' || places == 0 || places > PLACES) {
      return NOT_PLAIN;
    }
    for (at++; at < end; at++) {
      if (text[at] < '0' || text[at] > '9') {
        return NOT_PLAIN;
      }
      value = value * 10 + (text[at] - '0');
    }
    return value * POWERS[PLACES - places];
  }

  private static long any(byte[] text, int start, int end) {
    if (end - start > MOST_DIGITS) {
      return TOO_LARGE;
    }
    int at = start;
    boolean negative = at < end && text[at] == '-';
    if (negative) {
      at++;
    }
    int digits = at;
    at = skipDigits(text, at, end);
    int pointAt = at;
    if (at == digits || (text[digits] == '0' && at - digits > 1)) {
      return NOT_A_NUMBER;
    }
    int mantissaEnd = at;
    if (at < end && text[at] == '.') {
      mantissaEnd = skipDigits(text, at + 1, end);
      if (mantissaEnd == at + 1) {
        return NOT_A_NUMBER;
      }
      at = mantissaEnd;
    }
    int exponent = 0;
    if (at < end && (text[at] == 'e' || text[at] == 'E')) {
      int sign = at + 1;
      boolean down = sign < end && text[sign] == '-';
      int first = down || (sign < end && text[sign] == '+') ? sign + 1 : sign;
      at = skipDigits(text, first, end);
      if (at == first) {
        return NOT_A_NUMBER;
      }
      for (int i = first; i < at; i++) {
        exponent = Math.min(MOST_EXPONENT, exponent * 10 + (text[i] - '0'));
      }
      exponent = down ? -exponent : exponent;
    }
    if (at != end) {
      return NOT_A_NUMBER;
    }
    long millionths = scale(text, digits, pointAt, mantissaEnd, exponent);
    return negative && millionths != TOO_LARGE ? -millionths : millionths;
  }

  /**
   * Takes the digits up to the sixth place after the point, which an exponent may have moved, and
   * rounds by the next one.
   */
  private static long scale(byte[] text, int digits, int pointAt, int mantissaEnd, int exponent) {
    int wanted = pointAt - digits + exponent + PLACES;
    long value = 0;
    int taken = 0;
    for (int i = digits; i < mantissaEnd; i++) {
      if (i == pointAt) {
        continue;
      }
      if (taken >= wanted) {
        return taken == wanted && text[i] >= '5' && wanted >= 0 ? limited(value + 1) : value;
      }
      value = value * 10 + (text[i] - '0');
      taken++;
      if (value >= LIMIT) {
        return TOO_LARGE;
      }
    }
    for (; taken < wanted && value > 0; taken++) {
      value *= 10;
      if (value >= LIMIT) {
        return TOO_LARGE;
      }
    }
    return value;
  }

  private static long limited(long value) {
    return value >= LIMIT ? TOO_LARGE : value;
  }

  private static int skipDigits(byte[] text, int from, int end) {
    int at = from;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at;
  }

  /**
   * Product of two decimals of 0 or more.
   *
   * @return the product rounded half up, or {@link #TOO_LARGE} at or beyond {@link #LIMIT}
   */
  static long multiply(long left, long right) {
    long high = Math.multiplyHigh(left, right);
    long low = left * right;
    if (high == 0 && low >= 0) {
      return limited(halfUp(low / ONE, low % ONE, ONE));
    }
    if (high >= ONE) {
      return TOO_LARGE;
    }
    // schoolbook division of 128 bits by a divisor below 2^31: each step's remainder leaves room
    // for the next 32 bits
    long upper = (high << 32) | (low >>> 32);
    long quotient = upper / ONE;
    long lower = ((upper % ONE) << 32) | (low & 0xFFFF_FFFFL);
    if (quotient >= 1L << 31) {
      return TOO_LARGE;
    }
    return limited(halfUp((quotient << 32) + lower / ONE, lower % ONE, ONE));
  }

  /**
   * Sum of two decimals of 0 or more, or {@link #NONE} where one is not there, or where it would be
   * at or beyond {@link #LIMIT}.
   */
  static long sum(long left, long right) {
    boolean known = left != NONE && right != NONE;
    return known && left + right < LIMIT ? left + right : NONE;
  }

  /** Quotient of two decimals, the divisor above 0, rounded half up. */
  static long divide(long dividend, long divisor) {
    long whole = dividend / divisor;
    long rest = dividend % divisor;
    if (rest <= Long.MAX_VALUE / ONE) {
      long scaled = rest * ONE;
      return whole * ONE + halfUp(scaled / divisor, scaled % divisor, divisor);
    }
    BigInteger[] parts =
        BigInteger.valueOf(rest)
            .multiply(BigInteger.valueOf(ONE))
            .divideAndRemainder(BigInteger.valueOf(divisor));
    return whole * ONE + halfUp(parts[0].longValueExact(), parts[1].longValueExact(), divisor);
  }

  /** Mean of {@code count} decimals of 0 or more that add up to {@code sum}, rounded half up. */
  static long mean(long sum, int count) {
    return halfUp(sum / count, sum % count, count);
  }

  private static long halfUp(long quotient, long rest, long divisor) {
    return rest >= divisor - rest ? quotient + 1 : quotient;
  }

  /**
   * Writes a decimal of 0 or more without exponent and trailing zeros: {@code 12.5}, {@code 12}.
   *
   * @return the position after it
   */
  static int write(long millionths, byte[] bytes, int start) {
    int at = writeInteger(millionths / ONE, bytes, start);
    long fraction = millionths % ONE;
    if (fraction == 0) {
      return at;
    }
    bytes[at++] = '.';
    for (long place = ONE / 10; fraction > 0; place /= 10) {
      bytes[at++] = (byte) ('0' + fraction / place);
      fraction %= place;
    }
    return at;
  }

  /**
   * Writes a whole number of 0 or more.
   *
   * @return the position after it
   */
  static int writeInteger(long value, byte[] bytes, int start) {
    int length = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      length++;
    }
    long rest = value;
    for (int at = start + length - 1; at >= start; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return start + length;
  }
}
