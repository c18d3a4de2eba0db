package org.marketanalytics.app.history;

import java.util.Arrays;
import org.marketanalytics.camel.polygon.PolygonFrame;
import org.marketanalytics.camel.polygon.PolygonRejection;

/** Lines that are an event, or a frame of events, as the feed sent it. */
final class JsonLines implements LineReader {

  @Override
  public void read(byte[] line, Visitor visitor) {
    if (!blank(line)) {
      byte[] frame = frame(line);
      PolygonFrame.split(frame, new Parts(frame, visitor));
    }
  }

  private static boolean blank(byte[] line) {
    for (byte character : line) {
      if (character > ' ' || character < 0) {
        return false;
      }
    }
    return true;
  }

  /** An event alone becomes a frame of one. */
  private static byte[] frame(byte[] line) {
    int first = 0;
    while (line[first] <= ' ' && line[first] >= 0) {
      first++;
    }
    if (line[first] == '[') {
      return line;
    }
    byte[] frame = new byte[line.length + 2];
    frame[0] = '[';
    System.arraycopy(line, 0, frame, 1, line.length);
    frame[line.length + 1] = ']';
    return frame;
  }

  private static final class Parts implements PolygonFrame.Visitor {
    private final byte[] frame;
    private final Visitor visitor;

    Parts(byte[] frame, Visitor visitor) {
      this.frame = frame;
      this.visitor = visitor;
    }

    @Override
    public void event(String ev, String symbol, long timeMillis, int offset, int length) {
      visitor.event(ev, symbol, timeMillis, Arrays.copyOfRange(frame, offset, offset + length));
    }

    @Override
    public void rejected(PolygonRejection part) {
      visitor.refused(part.bytes(frame), part.reason(), part.error());
    }
  }
}
