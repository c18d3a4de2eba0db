package org.marketanalytics.camel.polygon;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts that come again and again (symbols and kinds of event), so that an event costs no new ones.
 *
 * <p>A table of fixed size in which the newest entry of a place stays. It is shared by all threads
 * without locks: entries are immutable, and a lost write only costs making the text again.
 */
final class TextCache {

  /**
   * A text.
   *
   * @param raw its bytes between the quotes
   * @param text its characters, escapes resolved
   * @param shape what an event of this kind looks like
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by hand, never as a record
  record Text(byte[] raw, String text, EventShape shape) {}

  private static final int PLACES = 1 << 15;

  /** Longer texts are no symbols and not worth the memory. */
  private static final int MAX_BYTES = 64;

  private static final Text[] TEXTS = new Text[PLACES];

  private TextCache() {}

  /** The text of a valid JSON string, from the byte after its quote to the one before the other. */
  static Text get(byte[] json, int from, int to) {
    int place = hash(json, from, to) & (PLACES - 1);
    Text known = TEXTS[place];
    if (known != null && Arrays.equals(known.raw, 0, known.raw.length, json, from, to)) {
      return known;
    }
    String text = unescape(new String(json, from, to - from, StandardCharsets.UTF_8));
    Text fresh = new Text(Arrays.copyOfRange(json, from, to), text, EventShape.of(text));
    if (fresh.raw.length <= MAX_BYTES) {
      TEXTS[place] = fresh;
    }
    return fresh;
  }

  private static int hash(byte[] json, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + json[i];
    }
    return hash ^ (hash >>> 15);
  }

  /** Resolves the escapes of a valid JSON string. */
  static String unescape(String raw) {
    int backslash = raw.indexOf('\\');
    if (backslash < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    int from = 0;
    while (backslash >= 0) {
      text.append(raw, from, backslash);
      char c = raw.charAt(backslash + 1);
      from = backslash + (c == 'u' ? 6 : 2);
      text.append(
          switch (c) {
            case 'u' -> (char) Integer.parseInt(raw.substring(backslash + 2, from), 16);
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
          });
      backslash = raw.indexOf('\\', from);
    }
    return text.append(raw, from, raw.length()).toString();
  }
}
