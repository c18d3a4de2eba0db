package org.marketanalytics.aggregation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A buffer of bytes to write to or read from, with variable-length integers (seven bits a byte,
 * lowest first).
 */
final class Bytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] own = new byte[2048];
  private byte[] bytes = own;
  private int at;

  void clear() {
    bytes = own;
    at = 0;
  }

  void wrap(byte[] encoded) {
    bytes = encoded;
    at = 0;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, at);
  }

  void writeByte(int value) {
    room(1);
    bytes[at++] = (byte) value;
  }

  void writeLong(long value) {
    room(Long.BYTES);
    LONGS.set(bytes, at, value);
    at += Long.BYTES;
  }

  void writeUnsigned(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  void writeSigned(long value) {
    writeUnsigned((value << 1) ^ (value >> 63));
  }

  /** A text in UTF-8 after its length. */
  void writeText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    writeUnsigned(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, at, utf8.length);
    at += utf8.length;
  }

  /** Whether not all of what was wrapped has been read. */
  boolean hasMore() {
    return at < bytes.length;
  }

  void skip(int count) {
    at += count;
  }

  int readByte() {
    return bytes[at++];
  }

  long readLong() {
    long value = (long) LONGS.get(bytes, at);
    at += Long.BYTES;
    return value;
  }

  long readUnsigned() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  long readSigned() {
    long value = readUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  String readText() {
    int length = (int) readUnsigned();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private void room(int more) {
    if (at + more > bytes.length) {
      own = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
      bytes = own;
    }
  }
}
