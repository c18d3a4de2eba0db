package org.marketanalytics.spark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A text that stands in each record of a pack and is mostly that of the record before. */
final class RepeatedText {
  private ByteBuffer utf8 = ByteBuffer.allocate(0);
  private String text = "";

  /** The next piece of a pack as text, or null. */
  String next(ByteBuffer pack) {
    int length = pack.getInt();
    if (length == PackBuffer.NONE) {
      return null;
    }
    ByteBuffer piece = pack.slice(pack.position(), length);
    pack.position(pack.position() + length);
    if (!piece.equals(utf8)) {
      utf8 = piece;
      text = StandardCharsets.UTF_8.decode(piece.duplicate()).toString();
    }
    return text;
  }
}
