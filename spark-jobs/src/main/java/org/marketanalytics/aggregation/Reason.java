package org.marketanalytics.aggregation;

import java.util.Locale;

/** Why a record went to the dead-letter topic. */
public enum Reason {
  /** Not JSON, or no value at all. */
  MALFORMED_JSON,
  /** Bytes that are not UTF-8. */
  INVALID_UTF_8,
  /** JSON, but not an object. */
  NOT_AN_OBJECT,
  /** No {@code ev}, neither in the value nor as header. */
  MISSING_EV,
  /** {@code sym} or {@code pair} missing, empty or not text. */
  MISSING_SYMBOL,
  /**
   * A symbol that the tables do not take: 1 to 32 visible ASCII characters but no quote or
   * backslash.
   */
  BAD_SYMBOL,
  /** A time that is missing, not a whole number of ms, negative or beyond the year 9999. */
  BAD_TIME,
  /** A price that is missing, not a number, not above 0, or outside its second's low and high. */
  BAD_PRICE,
  /** A volume or size that is missing, not a number, below 0 or of the wrong JSON type. */
  BAD_VOLUME,
  /** A number with more digits than the tables take. */
  OUT_OF_RANGE,
  /** A value longer than any event can be. */
  OVERSIZE,
  /** The second was over for longer than the lateness when the record came. */
  TOO_LATE,
  /** The event lies further ahead of its receipt than the lateness. */
  IN_THE_FUTURE;

  private final String slug = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The reason as the header {@code reason} spells it, such as {@code too-late}. */
  public String slug() {
    return slug;
  }
}
