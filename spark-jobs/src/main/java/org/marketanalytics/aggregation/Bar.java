package org.marketanalytics.aggregation;

/**
 * Bar of one minute; prices and volume in millionths.
 *
 * @param startMillis start of the minute; it ends 60,000 ms later
 * @param vwap notional by volume, or {@link Decimals#NONE} when the volume is 0 or the notional of
 *     a second is not known
 * @param trades how many trades
 * @param seconds how many one-second samples
 * @param revision greatest receipt time (ms) of the records the bar stands on
 * @param isFinal whether nothing can change the bar any more
 */
public record Bar(
    String symbol,
    long startMillis,
    long open,
    long high,
    long low,
    long close,
    long volume,
    long vwap,
    long trades,
    int seconds,
    long revision,
    boolean isFinal) {

  /** The row as one line of JSON, in UTF-8. */
  public byte[] json() {
    return new JsonLine()
        .text("symbol", symbol)
        .integer("start", startMillis)
        .integer("end", startMillis + Minute.MILLIS)
        .decimal("open", open)
        .decimal("high", high)
        .decimal("low", low)
        .decimal("close", close)
        .decimal("volume", volume)
        .decimal("vwap", vwap)
        .integer("trades", trades)
        .integer("seconds", seconds)
        .integer("revision", revision)
        .flag("final", isFinal)
        .end();
  }
}
