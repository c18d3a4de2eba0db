package org.marketanalytics.simulator.market;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An exact sum of price times size; 128 bits, because a busy second of bitcoin does not fit into
 * 64.
 */
final class Notional {
  private long high;
  private long low;

  void clear() {
    high = 0;
    low = 0;
  }

  /** Adds the product of two numbers that are not negative. */
  void add(long price, long size) {
    long product = price * size;
    high += Math.multiplyHigh(price, size);
    long sum = low + product;
    if (Long.compareUnsigned(sum, product) < 0) {
      high++;
    }
    low = sum;
  }

  /** The sum divided by a positive number, half up. */
  long dividedBy(long divisor) {
    if (high == 0 && low >= 0) {
      long quotient = low / divisor;
      return low % divisor >= divisor - divisor / 2 ? quotient + 1 : quotient;
    }
    BigInteger sum =
        BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
    return new BigDecimal(sum)
        .divide(BigDecimal.valueOf(divisor), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
