package org.marketanalytics.simulator.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** Frames that a feed should not send. */
final class Garbage {
  private Garbage() {}

  /**
   * A frame of a kind.
   *
   * @param mib size of one that is too large
   */
  static ByteBuf frame(String kind, int mib) {
    return switch (kind) {
      case "not_json" -> text("<html><body>502 Bad Gateway</body></html>");
      case "truncated" -> text("[{\"ev\":\"A\",\"sym\":\"AAPL\",\"v\":200,\"o\":25.");
      case "utf8" -> Unpooled.wrappedBuffer(text("[{\"ev\":\""), bytes(0xC3, 0x28), text("\"}]"));
      case "unknown_status" ->
          text("[{\"ev\":\"status\",\"status\":\"dancing\",\"message\":\"unheard of\"}]");
      case "oversize" -> oversize(mib);
      default -> throw new IllegalArgumentException("no garbage of kind " + kind);
    };
  }

  private static ByteBuf oversize(int mib) {
    byte[] filling = new byte[mib << 20];
    Arrays.fill(filling, (byte) 'x');
    return Unpooled.wrappedBuffer(
        text("[{\"ev\":\"status\",\"status\":\"noise\",\"message\":\""),
        Unpooled.wrappedBuffer(filling),
        text("\"}]"));
  }

  private static ByteBuf text(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(US_ASCII));
  }

  private static ByteBuf bytes(int first, int second) {
    return Unpooled.wrappedBuffer(new byte[] {(byte) first, (byte) second});
  }
}
