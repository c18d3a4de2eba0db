package org.marketanalytics.app.history;

import java.io.IOException;
import java.nio.file.Path;
import org.marketanalytics.app.ingest.Admission;

/**
 * What a file spans.
 *
 * @param leastMillis the least time of an event; {@link Long#MAX_VALUE} when there is none
 * @param greatestMillis the greatest time of an event; {@link Long#MIN_VALUE} when there is none
 */
record Extent(long leastMillis, long greatestMillis) {

  /** Reads a file as far as it can be read. */
  static Extent of(Path file) {
    Span span = new Span();
    try (Lines lines = new Lines(file)) {
      LineReader reader = LineReader.of(file, lines);
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        reader.read(line, span);
      }
    } catch (IOException e) {
      // who plays it comes to the same place, and says so
    }
    return new Extent(span.least, span.greatest);
  }

  boolean isEmpty() {
    return greatestMillis == Long.MIN_VALUE;
  }

  private static final class Span implements LineReader.Visitor {
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;

    @Override
    public void event(String ev, String symbol, long millis, byte[] value) {
      if (Admission.problem(ev, symbol, millis, System.currentTimeMillis(), value.length) == null) {
        least = Math.min(least, millis);
        greatest = Math.max(greatest, millis);
      }
    }

    @Override
    public void refused(byte[] part, String reason, String error) {}
  }
}
