package org.marketanalytics.camel.polygon;

import static org.marketanalytics.camel.polygon.JsonScanner.FAILED;

/** Splits one frame; see {@link PolygonFrame}. */
final class FrameSplitter {

  /** A frame with more faults than this is no frame: its rest is rejected as one. */
  static final int MAX_REJECTIONS = 10_000;

  /** Names of the feed have four letters at most; longer ones do not mark a new event. */
  private static final int MAX_NAME = 32;

  private final byte[] frame;
  private final int end;
  private final EventScanner scanner;
  private final PolygonFrame.Visitor visitor;
  private int rejections;
  private int boundary = FAILED;

  FrameSplitter(byte[] frame, PolygonFrame.Visitor visitor) {
    this.frame = frame;
    this.end = frame.length;
    this.scanner = new EventScanner(frame);
    this.visitor = visitor;
  }

  void split() {
    int open = scanner.space(0);
    if (scanner.at(open) != '[') {
      reject(PolygonRejection.MALFORMED_FRAME, "a frame is an array of events", null, 0, end);
      return;
    }
    int i = scanner.space(open + 1);
    if (scanner.at(i) == ']') {
      i = tail(i + 1);
    }
    while (i != FAILED) {
      if (rejections >= MAX_REJECTIONS) {
        reject(PolygonRejection.MALFORMED_FRAME, "the frame has too many faults", null, i, end);
        return;
      }
      i = separator(element(i));
    }
  }

  /** Reports the element at a position and returns the position after it. */
  private int element(int start) {
    byte first = scanner.at(start);
    if (first == '{') {
      int after = scanner.event(start);
      if (after == FAILED) {
        return broken(start);
      }
      report(start, after);
      return after;
    }
    if (first == ',' || first == ']') {
      reject(PolygonRejection.MALFORMED_JSON, "an event is missing", null, start, start);
      return start;
    }
    int after = start >= end ? end : scanner.value(start);
    if (after == FAILED) {
      return broken(start);
    }
    if (after > start) {
      reject(PolygonRejection.NOT_AN_OBJECT, "an event is an object", null, start, after);
    }
    return after;
  }

  /**
   * Walks over what separates elements; {@link JsonScanner#FAILED} when the frame is at its end.
   */
  private int separator(int after) {
    if (after == FAILED) {
      return FAILED;
    }
    int i = scanner.space(after);
    if (i >= end) {
      reject(PolygonRejection.MALFORMED_FRAME, "the frame ends before its ']'", null, i, end);
      return FAILED;
    }
    if (frame[i] == ',') {
      return scanner.space(i + 1);
    }
    if (frame[i] == ']') {
      return tail(i + 1);
    }
    scanner.fail(i, "a comma or ']' is missing after an event");
    return separator(broken(i));
  }

  /** After a closing bracket there should be nothing; if there are events, it was none. */
  private int tail(int start) {
    int i = scanner.space(start);
    if (i == end) {
      return FAILED;
    }
    int next = nextEvent(i);
    reject(PolygonRejection.MALFORMED_FRAME, "there is text after a closing ']'", null, i, next);
    return next == end ? FAILED : scanner.space(next + 1);
  }

  private void report(int start, int after) {
    TextCache.Text kind = scanner.kind();
    EventShape shape = kind == null ? EventShape.SYM_AT_T : kind.shape();
    if (shape == EventShape.STATUS) {
      return;
    }
    String symbol = scanner.symbol(shape);
    if (kind == null) {
      reject(PolygonRejection.MISSING_EV, "the event has no ev", symbol, start, after);
      return;
    }
    if (symbol == null) {
      reject(
          PolygonRejection.MISSING_SYMBOL,
          "the event ev=" + kind.text() + " has no symbol",
          null,
          start,
          after);
      return;
    }
    long timeMillis = scanner.timeMillis(shape);
    if (timeMillis == EventScanner.NO_TIME) {
      reject(
          PolygonRejection.BAD_TIME,
          scanner.describeTime(shape) + "; allowed: a positive whole number",
          symbol,
          start,
          after);
      return;
    }
    visitor.event(kind.text(), symbol, timeMillis, start, after - start);
  }

  private void reject(String reason, String error, String symbol, int start, int after) {
    rejections++;
    visitor.rejected(new PolygonRejection(reason, error, symbol, start, after - start));
  }

  /**
   * Rejects broken text up to where the next event seems to begin; {@link JsonScanner#FAILED} when
   * there is none.
   */
  private int broken(int start) {
    String error = scanner.problem() + " at byte " + (scanner.problemAt() - start);
    int next = nextEvent(start + 1);
    int after = balanced(start, next);
    boolean cutOff = after >= end;
    int last = after;
    while (last > start && JsonScanner.isSpace(frame[last - 1])) {
      last--;
    }
    reject(
        cutOff ? PolygonRejection.MALFORMED_FRAME : PolygonRejection.MALFORMED_JSON,
        cutOff ? "the frame ends inside an event: " + error : error,
        null,
        start,
        last);
    return cutOff ? FAILED : after;
  }

  /** The position of the comma before the next text that begins like an event; or the end. */
  private int nextEvent(int from) {
    if (boundary >= from) {
      return boundary; // found before, and still ahead
    }
    for (int i = from; i < end; i++) {
      if (frame[i] == ',' && beginsEvent(scanner.space(i + 1))) {
        boundary = i;
        return i;
      }
    }
    boundary = end;
    return end;
  }

  /** Whether there is an opening brace, a short name and a colon, as inside a string never is. */
  private boolean beginsEvent(int brace) {
    int quote = scanner.space(brace + 1);
    if (scanner.at(brace) != '{' || scanner.at(quote) != '"') {
      return false;
    }
    int i = quote + 1;
    while (i < quote + MAX_NAME && scanner.at(i) != '"' && scanner.at(i) != '\\') {
      i++;
    }
    return scanner.at(i) == '"' && scanner.at(scanner.space(i + 1)) == ':';
  }

  /** Where the element ends if brackets and quotes are trusted, but never after {@code limit}. */
  private int balanced(int start, int limit) {
    int depth = 0;
    boolean quoted = false;
    for (int i = start; i < limit; i++) {
      byte c = frame[i];
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '{' || c == '[')) {
        depth++;
      } else if (!quoted && (c == '}' || c == ']')) {
        if (depth == 0 && c == ']' && scanner.space(i + 1) == end) {
          return i;
        }
        depth = Math.max(0, depth - 1);
      } else if (!quoted && c == ',' && depth == 0 && scanner.at(scanner.space(i + 1)) == '{') {
        return i;
      }
    }
    return limit < end ? limit : beforeClosingBracket();
  }

  /** The position of the frame's last bracket if it has one, else the end. */
  private int beforeClosingBracket() {
    int last = end - 1;
    while (JsonScanner.isSpace(frame[last])) {
      last--;
    }
    return frame[last] == ']' ? last : end;
  }
}
