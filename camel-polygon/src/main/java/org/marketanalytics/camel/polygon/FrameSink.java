package org.marketanalytics.camel.polygon;

/** Takes the frames of a link, one after another; may block to hold the feed back. */
@FunctionalInterface
interface FrameSink {

  /**
   * Takes a frame.
   *
   * @param frame its bytes as received
   * @param session the number of the link
   */
  void frame(byte[] frame, long session) throws InterruptedException;
}
