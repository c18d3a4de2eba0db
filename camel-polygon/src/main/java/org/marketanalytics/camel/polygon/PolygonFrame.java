package org.marketanalytics.camel.polygon;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a frame of the feed into its events: one pass over the bytes, no tree, no copies. The values
 * of an event stay as they were sent, byte for byte.
 *
 * <p>A bad event is reported with the reason and its bytes, and the others go on. Where the next
 * event begins after broken JSON is a guess: at a comma, an opening brace and a name, or where the
 * brackets match again, whichever comes first. Statuses are passed over: they are the feed's talk
 * with its client.
 */
public final class PolygonFrame {

  /** Takes the parts of a frame, in its order. */
  public interface Visitor {

    /**
     * An event that can be routed; see {@link PolygonEvent} for the parameters.
     *
     * @param ev the kind of event
     * @param symbol what it is about
     * @param timeMillis its time in milliseconds since the epoch
     * @param offset where it begins in the frame
     * @param length how many bytes it has
     */
    void event(String ev, String symbol, long timeMillis, int offset, int length);

    /** A part that cannot be routed. */
    void rejected(PolygonRejection rejection);
  }

  private PolygonFrame() {}

  /**
   * Splits a frame and hands out its parts without making an object for each event.
   *
   * @param frame UTF-8 as received
   */
  public static void split(byte[] frame, Visitor visitor) {
    new FrameSplitter(frame, visitor).split();
  }

  /**
   * Splits a frame.
   *
   * @param frame UTF-8 as received
   * @return its parts in the order of the frame
   */
  public static List<PolygonElement> split(byte[] frame) {
    List<PolygonElement> elements = new ArrayList<>();
    split(
        frame,
        new Visitor() {
          @Override
          public void event(String ev, String symbol, long timeMillis, int offset, int length) {
            elements.add(new PolygonEvent(ev, symbol, timeMillis, offset, length));
          }

          @Override
          public void rejected(PolygonRejection rejection) {
            elements.add(rejection);
          }
        });
    return elements;
  }
}
