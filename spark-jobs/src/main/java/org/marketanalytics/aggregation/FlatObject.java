package org.marketanalytics.aggregation;

import java.util.Arrays;
import org.marketanalytics.aggregation.Fields.Field;
import org.marketanalytics.aggregation.Fields.Kind;

/**
 * Reads what nearly every event is: one flat JSON object in ASCII, without white space, of plain
 * texts, numbers without an exponent, and sale conditions. Anything else is left to a reader that
 * knows all of JSON, so this one has no opinion on what is malformed.
 */
final class FlatObject {
  private static final int NO = -1;

  /** Longer numbers have limits of their own. */
  private static final int MOST_NUMBER = 60;

  /** More digits are no sale condition. */
  private static final int MOST_CONDITION = 8;

  /** The fields whose names begin with a letter. */
  private static final Field[][] BY_LETTER = new Field[128][];

  static {
    for (char letter = 0; letter < BY_LETTER.length; letter++) {
      String first = Character.toString(letter);
      BY_LETTER[letter] =
          Arrays.stream(Field.values())
              .filter(field -> field.toString().startsWith(first))
              .toArray(Field[]::new);
    }
  }

  private FlatObject() {}

  /**
   * Reads one event.
   *
   * @return false when it is not as described; some fields may be noted then
   */
  static boolean read(byte[] json, int from, int length, Fields fields) {
    int last = from + length - 1;
    if (length < 2 || json[from] != '{' || json[last] != '}') {
      return false; // so the last byte ends every loop below
    }
    int at = from + 1;
    while (true) {
      int nameEnd = json[at] == '"' ? textEnd(json, at + 1, last) : NO;
      if (nameEnd == NO || json[nameEnd + 1] != ':') {
        return false;
      }
      int end = value(json, nameEnd + 2, last, named(json, at + 1, nameEnd), fields);
      if (end == NO) {
        return false;
      }
      if (json[end] != ',') {
        return end == last;
      }
      at = end + 1;
    }
  }

  /** Notes the value of a field, or passes over that of an unknown one; the position after it. */
  private static int value(byte[] json, int from, int last, Field field, Fields fields) {
    if (json[from] == '"') {
      int end = textEnd(json, from + 1, last);
      if (end == NO) {
        return NO;
      }
      if (field != null) {
        fields.note(field, Kind.TEXT, json, from + 1, end);
      }
      return end + 1;
    }
    if (json[from] == '[') {
      return field == Field.C ? conditions(json, from, fields) : NO;
    }
    int end = numberEnd(json, from);
    if (end != NO && field != null) {
      fields.note(field, Kind.NUMBER, json, from, end);
    }
    return end;
  }

  /** The closing quote of a text without escapes. */
  private static int textEnd(byte[] json, int from, int last) {
    for (int i = from; i < last; i++) {
      byte c = json[i];
      if (c == '"') {
        return i;
      }
      if (c < ' ' || c == '\\') { // what is not ASCII is below 0
        return NO;
      }
    }
    return NO;
  }

  private static int numberEnd(byte[] json, int from) {
    int first = json[from] == '-' ? from + 1 : from;
    int end = digitsEnd(json, first);
    if (end == first || (json[first] == '0' && end > first + 1)) {
      return NO;
    }
    if (json[end] == '.') {
      int fraction = end + 1;
      end = digitsEnd(json, fraction);
      if (end == fraction) {
        return NO;
      }
    }
    return end - from > MOST_NUMBER ? NO : end;
  }

  private static int digitsEnd(byte[] json, int from) {
    int i = from;
    while (json[i] >= '0' && json[i] <= '9') {
      i++;
    }
    return i;
  }

  /** Notes an array of whole numbers; the position after it. */
  private static int conditions(byte[] json, int open, Fields fields) {
    fields.noteConditions();
    int at = open + 1;
    if (json[at] == ']') {
      return at + 1;
    }
    while (true) {
      int end = digitsEnd(json, at);
      if (end == at || end - at > MOST_CONDITION || (json[at] == '0' && end > at + 1)) {
        return NO;
      }
      int condition = 0;
      for (; at < end; at++) {
        condition = condition * 10 + (json[at] - '0');
      }
      fields.addCondition(condition);
      if (json[end] == ']') {
        return end + 1;
      }
      if (json[end] != ',') {
        return NO;
      }
      at = end + 1;
    }
  }

  private static Field named(byte[] json, int from, int end) {
    if (end == from) {
      return null;
    }
    for (Field field : BY_LETTER[json[from]]) {
      if (is(field.toString(), json, from, end)) {
        return field;
      }
    }
    return null;
  }

  /** Whether these bytes are a text in ASCII. */
  static boolean is(String name, byte[] json, int from, int end) {
    if (name.length() != end - from) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != json[from + i]) {
        return false;
      }
    }
    return true;
  }
}
