package org.marketanalytics.camel.polygon;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over JSON text and checks it by the letter of RFC 8259, eight bytes at a time where it can.
 *
 * <p>Each method takes the position where something begins and returns the position after it, or
 * {@link #FAILED} and sets {@link #problem()}.
 */
class JsonScanner {

  static final int FAILED = -1;

  /** Deeper nesting is refused; the feed nests two levels. */
  static final int MAX_DEPTH = 60;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  final byte[] json;
  final int end;
  private boolean escape;
  private String problem = "";
  private int problemAt;

  JsonScanner(byte[] json) {
    this.json = json;
    this.end = json.length;
  }

  /** What was wrong at the last failure. */
  String problem() {
    return problem;
  }

  /** Where it was wrong. */
  int problemAt() {
    return problemAt;
  }

  int fail(int at, String what) {
    problem = at >= end ? "the text ends too early" : what;
    problemAt = at;
    return FAILED;
  }

  /** The byte at a position; 0, which JSON has nowhere, after the end. */
  byte at(int i) {
    return i < end ? json[i] : 0;
  }

  /** The first position that is not white space. */
  int space(int start) {
    int i = start;
    while (i < end && isSpace(json[i])) {
      i++;
    }
    return i;
  }

  static boolean isSpace(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** Walks over a value of any kind. */
  final int value(int i) {
    byte c = at(i);
    if (isDigit(c) || c == '-') {
      return number(i);
    }
    if (c == '"') {
      int close = string(i + 1);
      return close == FAILED ? FAILED : close + 1;
    }
    return switch (c) {
      case '{', '[' -> nested(i);
      case 't' -> literal(i, "true");
      case 'f' -> literal(i, "false");
      case 'n' -> literal(i, "null");
      default -> fail(i, "a value is missing");
    };
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private int literal(int start, String literal) {
    for (int k = 0; k < literal.length(); k++) {
      if (at(start + k) != literal.charAt(k)) {
        return fail(start, "a value is missing");
      }
    }
    return start + literal.length();
  }

  /** The common number, without sign and exponent, at one look; see {@link #anyNumber}. */
  private int number(int start) {
    if (start + 8 <= end && json[start] > '0') {
      long others = otherThanDigits((long) WORD.get(json, start));
      int i = others == 0 ? digits(start + 8) : start + (Long.numberOfTrailingZeros(others) >>> 3);
      byte c = at(i);
      if (c == ',' || c == '}') {
        return i;
      }
      others &= others - 1;
      if (c == '.' && others != 0) {
        int after = start + (Long.numberOfTrailingZeros(others) >>> 3);
        if (after > i + 1 && (json[after] == ',' || json[after] == '}')) {
          return after;
        }
      }
    }
    return anyNumber(start);
  }

  private int anyNumber(int start) {
    int first = json[start] == '-' ? start + 1 : start;
    int i = digits(first);
    if (i == first || (i > first + 1 && json[first] == '0')) {
      return fail(first, "a number is malformed");
    }
    if (at(i) == '.') {
      int fraction = i + 1;
      i = digits(fraction);
      if (i == fraction) {
        return fail(i, "a number is malformed");
      }
    }
    if ((at(i) | 0x20) == 'e') {
      int exponent = at(i + 1) == '-' || at(i + 1) == '+' ? i + 2 : i + 1;
      i = digits(exponent);
      if (i == exponent) {
        return fail(i, "a number is malformed");
      }
    }
    return i;
  }

  /** The high bit of each byte that is no digit; only the first one is exact. */
  private static long otherThanDigits(long word) {
    long values = word ^ ('0' * ONES);
    return ((values + 0x76 * ONES) | values) & HIGHS;
  }

  /** The first position that is not a digit. */
  private int digits(int start) {
    int i = start;
    while (i + 8 <= end) {
      long others = otherThanDigits((long) WORD.get(json, i));
      if (others != 0) {
        return i + (Long.numberOfTrailingZeros(others) >>> 3);
      }
      i += 8;
    }
    while (i < end && json[i] >= '0' && json[i] <= '9') {
      i++;
    }
    return i;
  }

  /**
   * Walks over a string.
   *
   * @param start the position after the opening quote
   * @return the position of the closing quote
   */
  int string(int start) {
    escape = false;
    int i = start;
    while (i + 8 <= end) {
      long word = (long) WORD.get(json, i);
      long special = zeros(word ^ ('"' * ONES)) | zeros(word ^ ('\\' * ONES)) | beyondAscii(word);
      if (special != 0) {
        i += Long.numberOfTrailingZeros(special) >>> 3; // the first one is exact
        return json[i] == '"' ? i : anyString(i);
      }
      i += 8;
    }
    return anyString(i);
  }

  /**
   * Walks over a string that is probably short. Byte by byte is faster then: the names of events
   * come in the same order again and again, so their lengths are foreseen by the processor, while a
   * length that is computed has to be waited for.
   */
  final int name(int start) {
    escape = false;
    int most = Math.min(start + 8, end);
    for (int i = start; i < most; i++) {
      byte c = json[i];
      if (c == '"') {
        return i;
      }
      if (c < ' ' || c == '\\') {
        break;
      }
    }
    return string(start);
  }

  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }

  private static long beyondAscii(long word) {
    return (((word - ' ' * ONES) & ~word) | word) & HIGHS;
  }

  /** Whether the last string had an escape in it. */
  boolean escape() {
    return escape;
  }

  private int anyString(int start) {
    int i = start;
    while (i < end) {
      byte c = json[i];
      if (c == '"') {
        return i;
      } else if (c == '\\') {
        escape = true;
        i = escaped(i);
      } else if (c < 0) {
        int length = Utf8.sequence(json, i);
        i = length == 0 ? fail(i, "the text is not UTF-8") : i + length;
      } else if (c < ' ') {
        return fail(i, "a string has a control character in it");
      } else {
        i++;
      }
      if (i == FAILED) {
        return FAILED;
      }
    }
    return fail(end, "a string is not closed");
  }

  private int escaped(int backslash) {
    byte c = at(backslash + 1);
    if (c != 'u') {
      return c != 0 && "\"\\/bfnrt".indexOf(c) >= 0
          ? backslash + 2
          : fail(backslash, "a string has a wrong escape in it");
    }
    for (int i = backslash + 2; i < backslash + 6; i++) {
      if (Character.digit(at(i), 16) < 0) {
        return fail(i, "a string has a wrong escape in it");
      }
    }
    return backslash + 6;
  }

  /** Walks over an object or array without recursion; a bit of {@code objects} for each level. */
  private int nested(int start) {
    long objects = 0;
    int depth = 0;
    int i = start;
    while (true) {
      byte c = at(i);
      if (c == '{' || c == '[') {
        if (++depth > MAX_DEPTH) {
          return fail(i, "it is nested deeper than " + MAX_DEPTH + " levels");
        }
        objects = (objects << 1) | (c == '{' ? 1 : 0);
        i = space(i + 1);
        if (at(i) != close(objects)) {
          i = (objects & 1) == 1 ? member(i) : i;
          if (i == FAILED) {
            return FAILED;
          }
          continue;
        }
      } else {
        i = value(i);
        if (i == FAILED) {
          return FAILED;
        }
        i = space(i);
      }
      while (at(i) == close(objects)) {
        objects >>>= 1;
        i++;
        if (--depth == 0) {
          return i;
        }
        i = space(i);
      }
      if (at(i) != ',') {
        return fail(i, "a comma or a closing bracket is missing");
      }
      i = space(i + 1);
      i = (objects & 1) == 1 ? member(i) : i;
      if (i == FAILED) {
        return FAILED;
      }
    }
  }

  private static byte close(long objects) {
    return (byte) ((objects & 1) == 1 ? '}' : ']');
  }

  /** Walks over a name and its colon, to the value. */
  private int member(int i) {
    if (at(i) != '"') {
      return fail(i, "a name is missing");
    }
    int close = string(i + 1);
    return close == FAILED ? FAILED : colon(close + 1);
  }

  /** Walks over a colon and the white space round it. */
  int colon(int start) {
    int i = at(start) == ':' ? start : space(start);
    if (at(i) != ':') {
      return fail(i, "a colon is missing");
    }
    return at(i + 1) > ' ' ? i + 1 : space(i + 1);
  }
}
