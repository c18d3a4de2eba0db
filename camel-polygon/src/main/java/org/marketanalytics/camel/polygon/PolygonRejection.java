package org.marketanalytics.camel.polygon;

/**
 * A part of a frame that cannot be routed.
 *
 * @param reason a short slug: {@link #MALFORMED_FRAME}, {@link #MALFORMED_JSON}, {@link
 *     #NOT_AN_OBJECT}, {@link #MISSING_EV}, {@link #MISSING_SYMBOL} or {@link #BAD_TIME}
 * @param error a sentence for people
 * @param symbol what it is about; {@code null} if that is not known
 * @param offset where it begins in the frame
 * @param length how many bytes it has; 0 if it is the lack of something
 */
public record PolygonRejection(String reason, String error, String symbol, int offset, int length)
    implements PolygonElement {

  /** The frame itself is no array of events, or it is cut off. */
  public static final String MALFORMED_FRAME = "malformed-frame";

  /** The event is no JSON, NaN included. */
  public static final String MALFORMED_JSON = "malformed-json";

  /** There is a value where an event should be. */
  public static final String NOT_AN_OBJECT = "not-an-object";

  /** The event does not say what kind it is. */
  public static final String MISSING_EV = "missing-ev";

  /** The event has no symbol, or an empty one, or one that is no text. */
  public static final String MISSING_SYMBOL = "missing-symbol";

  /** The event has no time, or one that is no positive whole number. */
  public static final String BAD_TIME = "bad-time";
}
