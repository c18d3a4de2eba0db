package org.marketanalytics.camel.polygon;

/** Checks UTF-8 by the table of RFC 3629. */
final class Utf8 {

  private Utf8() {}

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
