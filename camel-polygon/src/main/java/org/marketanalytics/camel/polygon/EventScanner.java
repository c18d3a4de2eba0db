package org.marketanalytics.camel.polygon;

import java.nio.charset.StandardCharsets;

/**
 * Walks over an event and remembers where its symbol, its kind and its time are. Of a field that
 * comes twice the last one counts, as in most JSON readers.
 */
final class EventScanner extends JsonScanner {

  static final long NO_TIME = -1;

  /** From this on a time is taken as microseconds: in milliseconds it would be the year 5138. */
  private static final long MICROS_FROM = 100_000_000_000_000L;

  /** From this on a time is taken as nanoseconds. */
  private static final long NANOS_FROM = 100_000_000_000_000_000L;

  /** Nanoseconds until the year 2262. */
  private static final int MAX_TIME_DIGITS = 19;

  /** A field's value, from..to in the text; nothing when {@code from} is 0. */
  private static final class Slot {
    private int from;
    private int to;

    private void set(int valueFrom, int valueTo) {
      from = valueFrom;
      to = valueTo;
    }
  }

  private final Slot ev = new Slot();
  private final Slot sym = new Slot();
  private final Slot pair = new Slot();
  private final Slot p = new Slot();
  private final Slot ticker = new Slot();
  private final Slot t = new Slot();
  private final Slot s = new Slot();

  EventScanner(byte[] json) {
    super(json);
  }

  /**
   * Walks over an event.
   *
   * @param open the position of its opening brace
   */
  int event(int open) {
    clear();
    int i = space(open + 1);
    if (at(i) == '}') {
      return i + 1;
    }
    while (true) {
      if (at(i) != '"') {
        return fail(i, "a name is missing");
      }
      int nameFrom = i + 1;
      int nameTo = name(nameFrom);
      if (nameTo == FAILED) {
        return FAILED;
      }
      Slot slot = escape() ? slotOfEscaped(nameFrom, nameTo) : slot(nameFrom, nameTo);
      int from = colon(nameTo + 1);
      if (from == FAILED) {
        return FAILED;
      }
      i = value(from);
      if (i == FAILED) {
        return FAILED;
      }
      if (slot != null) {
        slot.set(from, i);
      }
      byte c = at(i);
      if (c != ',' && c != '}') {
        i = space(i);
        c = at(i);
      }
      if (c == '}') {
        return i + 1;
      }
      if (c != ',') {
        return fail(i, "a comma or a closing brace is missing");
      }
      i = at(i + 1) == '"' ? i + 1 : space(i + 1);
    }
  }

  private void clear() {
    ev.from = 0;
    sym.from = 0;
    pair.from = 0;
    p.from = 0;
    ticker.from = 0;
    t.from = 0;
    s.from = 0;
  }

  private Slot slot(int from, int to) {
    return slot(json, from, to - from);
  }

  private Slot slotOfEscaped(int from, int to) {
    String name = new String(json, from, to - from, StandardCharsets.UTF_8);
    byte[] plain = TextCache.unescape(name).getBytes(StandardCharsets.UTF_8);
    return slot(plain, 0, plain.length);
  }

  private Slot slot(byte[] text, int from, int length) {
    if (length == 1) {
      return switch (text[from]) {
        case 't' -> t;
        case 's' -> s;
        case 'T' -> ticker;
        case 'p' -> p;
        default -> null;
      };
    }
    if (length == 2) {
      return text[from] == 'e' && text[from + 1] == 'v' ? ev : null;
    }
    if (length == 3) {
      return text[from] == 's' && text[from + 1] == 'y' && text[from + 2] == 'm' ? sym : null;
    }
    boolean isPair =
        length == 4
            && text[from] == 'p'
            && text[from + 1] == 'a'
            && text[from + 2] == 'i'
            && text[from + 3] == 'r';
    return isPair ? pair : null;
  }

  /** The kind of the last event; {@code null} if it has none. */
  TextCache.Text kind() {
    return text(ev);
  }

  /** The symbol of the last event; {@code null} if it has none. */
  String symbol(EventShape shape) {
    TextCache.Text symbol =
        switch (shape) {
          case P_AT_T -> text(p);
          case TICKER_AT_T -> text(ticker);
          case PAIR_AT_T, PAIR_AT_S -> text(pair);
          default -> text(sym);
        };
    if (symbol == null) {
      symbol = firstOf(text(sym), text(pair), text(ticker));
    }
    return symbol == null ? null : symbol.text();
  }

  private static TextCache.Text firstOf(TextCache.Text... texts) {
    for (TextCache.Text text : texts) {
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  private TextCache.Text text(Slot slot) {
    boolean isText = slot.from > 0 && json[slot.from] == '"' && slot.to - slot.from > 2;
    return isText ? TextCache.get(json, slot.from + 1, slot.to - 1) : null;
  }

  /**
   * The time of the last event in milliseconds since the epoch; {@link #NO_TIME} if it has none.
   */
  long timeMillis(EventShape shape) {
    Slot slot = time(shape);
    if (slot.from == 0 || slot.to - slot.from > MAX_TIME_DIGITS) {
      return NO_TIME;
    }
    long time = 0;
    for (int i = slot.from; i < slot.to; i++) {
      int digit = json[i] - '0';
      if (digit < 0 || digit > 9) {
        return NO_TIME;
      }
      time = time * 10 + digit;
    }
    if (time <= 0) {
      return NO_TIME; // 0, or too great for a long
    }
    if (time >= NANOS_FROM) {
      return time / 1_000_000;
    }
    return time >= MICROS_FROM ? time / 1_000 : time;
  }

  private Slot time(EventShape shape) {
    return shape.atStart() ? s : t;
  }

  /** The text of the time of the last event, for people. */
  String describeTime(EventShape shape) {
    Slot slot = time(shape);
    String name = shape.atStart() ? "s" : "t";
    if (slot.from == 0) {
      return name + " is missing";
    }
    int length = Math.min(slot.to - slot.from, 40);
    return name + "=" + new String(json, slot.from, length, StandardCharsets.UTF_8);
  }
}
