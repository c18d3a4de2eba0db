package org.marketanalytics.camel.polygon;

import java.util.Arrays;

/** A part of a frame: an event that can be routed, or bytes that cannot, with the reason. */
public sealed interface PolygonElement permits PolygonEvent, PolygonRejection {

  /** Where the part begins in the frame. */
  int offset();

  /** How many bytes of the frame it is; may be 0 for a rejection. */
  int length();

  /**
   * The part's bytes, exactly as received.
   *
   * @param frame the frame that was split
   */
  default byte[] bytes(byte[] frame) {
    return Arrays.copyOfRange(frame, offset(), offset() + length());
  }
}
