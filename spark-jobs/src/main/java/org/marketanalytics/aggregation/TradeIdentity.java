package org.marketanalytics.aggregation;

import org.marketanalytics.aggregation.Fields.Field;
import org.marketanalytics.aggregation.Fields.Kind;

/**
 * What makes two records the same trade of a symbol, packed into a {@code long}.
 *
 * <p>Trades of stocks and crypto are the same when exchange {@code x}, reporting facility {@code
 * trfi} and id {@code i} are; options have no id, there the exchange and the sequence number {@code
 * q} stand in. With the usual numeric id the packing is exact; any other is a 63-bit hash, of which
 * a thousand trades in one minute collide with a chance of about 1 in 10^13.
 */
final class TradeIdentity {
  private static final long HASHED = Long.MIN_VALUE;
  private static final int ID_BITS = 44;
  private static final int FACILITY_BITS = 10;
  private static final int EXCHANGE_BITS = 8;

  private TradeIdentity() {}

  static long of(Fields fields) {
    boolean hasId = fields.kind(Field.I) == Kind.TEXT || fields.kind(Field.I) == Kind.NUMBER;
    String id = hasId ? fields.text(Field.I) : "";
    long exchange = Math.max(0, fields.integer(Field.X));
    long facility = Math.max(0, fields.integer(Field.TRFI));
    if (id.isEmpty()) {
      return hash(exchange + "|" + facility + "|" + withoutId(fields));
    }
    long number = plainNumber(id);
    if (number >= 0 && fits(exchange, EXCHANGE_BITS) && fits(facility, FACILITY_BITS)) {
      return ((exchange << FACILITY_BITS | facility) << ID_BITS) | number;
    }
    return hash(exchange + "|" + facility + "#" + id);
  }

  private static String withoutId(Fields fields) {
    return fields.kind(Field.Q) == Kind.NUMBER
        ? "q" + fields.text(Field.Q)
        : "t%s|p%s|s%s".formatted(fields.text(Field.T), fields.text(Field.P), fields.text(Field.S));
  }

  /**
   * The number that an id of plain digits without leading zeros is, or -1: {@code 07} and {@code 7}
   * are two trades.
   */
  private static long plainNumber(String id) {
    if (id.length() > 13 || (id.length() > 1 && id.charAt(0) == '0')) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < id.length(); i++) {
      int digit = id.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return fits(number, ID_BITS) ? number : -1;
  }

  private static boolean fits(long value, int bits) {
    return value >>> bits == 0;
  }

  /**
   * FNV-1a over the characters, then the finisher of MurmurHash3; the sign bit keeps it apart from
   * exact identities.
   */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (hash ^ (hash >>> 33)) | HASHED;
  }
}
