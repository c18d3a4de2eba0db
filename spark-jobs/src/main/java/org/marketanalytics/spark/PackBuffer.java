package org.marketanalytics.spark;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a pack while it is made. A piece stands after its length, which is -1 for one that
 * is missing.
 */
final class PackBuffer {
  static final int NONE = -1;

  /** A pack as large as this (bytes) takes no more. */
  private static final int FULL = 256 * 1024;

  private ByteBuffer bytes = ByteBuffer.allocate(16 * 1024);

  void putLong(long value) {
    room(Long.BYTES).putLong(value);
  }

  void putInt(int value) {
    room(Integer.BYTES).putInt(value);
  }

  /** A piece, or null. */
  void put(byte[] piece) {
    if (piece == null) {
      putInt(NONE);
    } else {
      room(Integer.BYTES + piece.length).putInt(piece.length).put(piece);
    }
  }

  boolean isFull() {
    return bytes.position() >= FULL;
  }

  boolean isEmpty() {
    return bytes.position() == 0;
  }

  /** What was put since the last time. */
  byte[] take() {
    byte[] pack = Arrays.copyOf(bytes.array(), bytes.position());
    bytes.clear();
    return pack;
  }

  /** The next piece of a pack, or null. */
  static byte[] piece(ByteBuffer pack) {
    int length = pack.getInt();
    if (length == NONE) {
      return null;
    }
    byte[] piece = new byte[length];
    pack.get(piece);
    return piece;
  }

  private ByteBuffer room(int size) {
    if (bytes.remaining() < size) {
      int capacity = Math.max(2 * bytes.capacity(), bytes.position() + size);
      bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
    }
    return bytes;
  }
}
