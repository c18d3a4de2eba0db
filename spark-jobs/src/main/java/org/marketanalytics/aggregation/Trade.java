package org.marketanalytics.aggregation;

/**
 * One trade; price, size and notional in millionths.
 *
 * @param sequence the feed's sequence number {@code q}, 0 when it gives none: orders the trades of
 *     one millisecond
 * @param identity what makes it the same trade when it comes again
 * @param notional price times size, or {@link Decimals#NONE} when it is too large
 * @param counts what its sale conditions let it change
 */
record Trade(
    String symbol,
    long endMillis,
    long sequence,
    long identity,
    long price,
    long size,
    long notional,
    SaleConditions.Effect counts)
    implements Event {

  long secondMillis() {
    return endMillis - endMillis % Second.MILLIS;
  }
}
