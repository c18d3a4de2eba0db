package org.marketanalytics.aggregation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes one flat JSON object straight as bytes. */
final class JsonLine {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[320];
  private int size;

  JsonLine() {
    bytes[size++] = '{';
  }

  JsonLine text(String name, String value) {
    name(name);
    quoted(value);
    return this;
  }

  JsonLine integer(String name, long value) {
    name(name);
    room(Decimals.LONGEST);
    size = Decimals.writeInteger(value, bytes, size);
    return this;
  }

  /**
   * A decimal as a string, so that no reader makes a double of it; {@link Decimals#NONE} as null.
   */
  JsonLine decimal(String name, long millionths) {
    name(name);
    if (millionths == Decimals.NONE) {
      return raw(NULL);
    }
    room(Decimals.LONGEST + 2);
    bytes[size++] = '"';
    size = Decimals.write(millionths, bytes, size);
    bytes[size++] = '"';
    return this;
  }

  JsonLine flag(String name, boolean value) {
    name(name);
    return raw(value ? TRUE : FALSE);
  }

  byte[] end() {
    room(1);
    bytes[size++] = '}';
    return Arrays.copyOf(bytes, size);
  }

  @SuppressWarnings(
      "deprecation") // getBytes(int, int, byte[], int) is the one copy of ASCII text without
  // garbage
  private void name(String name) {
    room(name.length() + 4);
    if (size > 1) {
      bytes[size++] = ',';
    }
    bytes[size++] = '"';
    name.getBytes(0, name.length(), bytes, size);
    size += name.length();
    bytes[size++] = '"';
    bytes[size++] = ':';
  }

  private JsonLine raw(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  private void quoted(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    room(utf8.length * 6 + 2);
    bytes[size++] = '"';
    for (byte b : utf8) {
      if (b == '"' || b == '\\') {
        bytes[size++] = '\\';
        bytes[size++] = b;
      } else if (b >= 0 && b < ' ') {
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[b >> 4];
        bytes[size++] = HEX[b & 15];
      } else {
        bytes[size++] = b;
      }
    }
    bytes[size++] = '"';
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
