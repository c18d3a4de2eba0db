package org.marketanalytics.aggregation;

/**
 * Arithmetic mean of the seconds of one minute up to a slide point; prices in millionths.
 *
 * @param endMillis the slide point, itself not in the window; the window starts 60,000 ms earlier
 * @param seconds how many one-second samples the mean stands on, 1 to 60
 * @param revision greatest receipt time (ms) of the records the mean stands on
 */
public record Average(
    String symbol,
    long endMillis,
    long open,
    long high,
    long low,
    long close,
    int seconds,
    long revision) {

  /** The row as one line of JSON, in UTF-8. */
  public byte[] json() {
    return new JsonLine()
        .text("symbol", symbol)
        .integer("start", endMillis - Minute.MILLIS)
        .integer("end", endMillis)
        .decimal("avg_open", open)
        .decimal("avg_high", high)
        .decimal("avg_low", low)
        .decimal("avg_close", close)
        .integer("seconds", seconds)
        .integer("revision", revision)
        .end();
  }
}
