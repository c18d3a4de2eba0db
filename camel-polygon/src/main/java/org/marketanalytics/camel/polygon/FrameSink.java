package org.marketanalytics.camel.polygon;

/** Takes the frames of a link, one after another; may block to hold the feed back. */
@FunctionalInterface
interface FrameSink {

  /** Takes a frame, its bytes as received. */
  void frame(byte[] frame) throws InterruptedException;
}
