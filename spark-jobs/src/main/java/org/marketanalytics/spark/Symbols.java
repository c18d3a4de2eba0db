package org.marketanalytics.spark;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Names under which symbols are counted: as many as any dashboard can show, the rest as one. */
final class Symbols {
  /** Most symbols that are told apart. */
  static final int MOST = 1_000;

  /** Stands for the symbols beyond that, and for records whose key is no symbol. */
  static final String OTHER = "(other)";

  private static final int LONGEST = 32;

  private Symbols() {}

  /** The symbol that a record's key names; a key may be missing, or anything. */
  static String of(byte[] key) {
    if (key == null || key.length == 0 || key.length > LONGEST) {
      return OTHER;
    }
    for (byte character : key) {
      if (character <= ' ' || character > '~') {
        return OTHER;
      }
    }
    return new String(key, StandardCharsets.US_ASCII);
  }

  /**
   * Adds to a symbol's count, or to that of the others when there are {@link #MOST} already.
   *
   * @return the name that it was counted under
   */
  static String add(Map<String, Long> counts, String symbol, long count) {
    String name = counts.size() < MOST || counts.containsKey(symbol) ? symbol : OTHER;
    counts.merge(name, count, Long::sum);
    return name;
  }
}
