package org.marketanalytics.camel.polygon;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks UTF-8 by the table of RFC 3629. */
final class Utf8 {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /** Whether a text is UTF-8 from end to end. */
  static boolean valid(byte[] text) {
    int i = 0;
    while (i < text.length) {
      if (i + 8 <= text.length && ((long) WORD.get(text, i) & HIGHS) == 0) {
        i += 8;
      } else if (text[i] >= 0) {
        i++;
      } else {
        int length = sequence(text, i);
        if (length == 0) {
          return false;
        }
        i += length;
      }
    }
    return true;
  }

  /**
   * The length of the character of two to four bytes that begins at a position; 0 if there is none.
   */
  static int sequence(byte[] text, int i) {
    int lead = text[i] & 0xff;
    int second = i + 1 < text.length ? text[i + 1] & 0xff : 0;
    int length =
        lead >= 0xc2 && lead <= 0xdf
            ? 2
            : (lead & 0xf0) == 0xe0 ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80; // else a shorter form exists
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf; // no surrogates, nothing beyond
    if (length == 0 || second < least || second > most || i + length > text.length) {
      return 0;
    }
    for (int k = i + 2; k < i + length; k++) {
      if ((text[k] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
