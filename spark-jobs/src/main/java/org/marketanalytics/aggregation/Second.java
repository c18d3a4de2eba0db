package org.marketanalytics.aggregation;

/**
 * One second of one symbol as the feed built it; prices, volume and notional in millionths.
 *
 * @param startMillis a multiple of 1,000
 * @param notional average price times volume, or {@link Decimals#NONE} when it is too large or the
 *     feed gave no average price for a volume
 */
record Second(
    String symbol,
    long startMillis,
    long open,
    long high,
    long low,
    long close,
    long volume,
    long notional,
    long trades)
    implements Event {
  static final long MILLIS = 1_000;

  @Override
  public long endMillis() {
    return startMillis + MILLIS;
  }
}
