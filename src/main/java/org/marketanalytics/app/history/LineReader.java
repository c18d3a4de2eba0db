package org.marketanalytics.app.history;

import java.io.IOException;
import java.nio.file.Path;

/** Reads the events of a line. */
interface LineReader {

  /** Takes what is in a line. */
  interface Visitor {
    /**
     * An event as the feed would have sent it.
     *
     * @param millis its time since the epoch
     * @param value its JSON, UTF-8
     */
    void event(String ev, String symbol, long millis, byte[] value);

    /**
     * What cannot be used.
     *
     * @param reason short slug
     * @param error a sentence for the operator
     */
    void refused(byte[] part, String reason, String error);
  }

  /** Hands out what is in the line, in its order; nothing for a line that holds no event. */
  void read(byte[] line, Visitor visitor);

  /**
   * The reader for a file, by its name and, for CSV, the header line, which it reads.
   *
   * @throws IOException when the file is of no kind that is known, or cannot be read
   */
  static LineReader of(Path file, Lines lines) throws IOException {
    String name = file.getFileName().toString();
    if (name.matches(".*\\.jsonl(\\.gz)?")) {
      return new JsonLines();
    }
    byte[] header = lines.next();
    if (header == null) {
      throw new IOException("the file is empty; the first line must name the columns");
    }
    return FlatFileLines.of(file, header);
  }
}
