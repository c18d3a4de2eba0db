package org.marketanalytics.aggregation;

import org.marketanalytics.aggregation.Fields.Field;
import org.marketanalytics.aggregation.Fields.Kind;

/** Makes an {@link Event} of a record, or says why that cannot be. */
final class EventReader {
  /** Longest symbol (characters) that the tables take. */
  private static final int LONGEST_SYMBOL = 32;

  /**
   * 9999-12-31: the last day of the tables' DATETIME. A nanosecond time stamp lies far behind it.
   */
  private static final long LAST_MILLIS = 253_402_214_400_000L;

  private final Input input;
  private final Fields fields = new Fields();

  EventReader(Input input) {
    this.input = input;
  }

  /**
   * Reads one record. The header {@code ev} alone decides that an event is not read by this run, so
   * that quotes and the like are never parsed; for all else the value's own {@code ev} counts, and
   * the header's only where it has none.
   */
  Event read(LogRecord record) throws Rejection {
    if (record.ev() != null && !input.reads(record.ev())) {
      return Ignored.EVENT;
    }
    fields.read(record.bytes(), record.from(), record.length());
    String ev = kind(record.ev());
    if (ev == null) {
      throw new Rejection(Reason.MISSING_EV, "the event has no ev");
    }
    if (!input.reads(ev)) {
      return Ignored.EVENT;
    }
    return switch (ev) {
      case Heartbeat.EV -> heartbeat();
      case "T", "XT" -> trade();
      default -> second();
    };
  }

  /** What the value says, else what the header says, or null; mostly both say the same. */
  private String kind(String header) {
    if (header != null && fields.isText(Field.EV, header)) {
      return header;
    }
    String ev = fields.nonEmptyText(Field.EV);
    return ev == null ? header : ev;
  }

  private Heartbeat heartbeat() throws Rejection {
    boolean held = fields.kind(Field.COMPLETE) != Kind.ABSENT;
    return new Heartbeat(time(Field.T), held ? time(Field.COMPLETE) : Heartbeat.ALL);
  }

  private Second second() throws Rejection {
    String symbol = symbol();
    long start = startOfSecond();
    long high = price(Field.H);
    long low = price(Field.L);
    if (low > high) {
      throw new Rejection(
          Reason.BAD_PRICE, "l=%s is above h=%s".formatted(shown(Field.L), shown(Field.H)));
    }
    long open = within(low, high, Field.O);
    long close = within(low, high, Field.C);
    long volume = volume(Field.V, Field.DV, true);
    return new Second(
        symbol, start, open, high, low, close, volume, notional(volume), trades(volume));
  }

  /**
   * An aggregate tells no count of trades, but their average size {@code z} (WebSocket
   * specification, {@code /stocks/A}: "the average trade size for this aggregate window"; {@code
   * /crypto/XAS} alike). So the count is volume by average size, rounded half up: about right for
   * stocks, whose {@code z} is a whole number. Without {@code z} (foreign exchange, indices), or
   * where it was cut to 0 (fractional shares), all that is known of a second with a volume is that
   * it had at least one trade.
   */
  private long trades(long volume) throws Rejection {
    if (volume == 0) {
      return 0;
    }
    long averageSize = fields.kind(Field.Z) == Kind.ABSENT ? 0 : notNegative(Field.Z);
    if (averageSize == 0) {
      return 1;
    }
    long whole = volume / averageSize;
    long rest = volume % averageSize;
    return Math.max(1, rest >= averageSize - rest ? whole + 1 : whole);
  }

  private long notional(long volume) throws Rejection {
    if (volume == 0) {
      return 0;
    }
    if (fields.kind(Field.VW) == Kind.ABSENT) {
      return Decimals.NONE;
    }
    return product(price(Field.VW), volume);
  }

  private Trade trade() throws Rejection {
    String symbol = symbol();
    long time = time(Field.T);
    long price = price(Field.P);
    long size = volume(Field.S, Field.DS, false);
    long notional = product(price, size);
    long sequence = Math.max(0, fields.integer(Field.Q));
    return new Trade(
        symbol, time, sequence, TradeIdentity.of(fields), price, size, notional, effect());
  }

  /** Conditions of a crypto trade only name its side, so they change nothing. */
  private SaleConditions.Effect effect() {
    boolean equities = fields.nonEmptyText(Field.SYM) != null;
    return equities
        ? SaleConditions.effectOf(fields.conditions())
        : SaleConditions.Effect.EVERYTHING;
  }

  private String symbol() throws Rejection {
    String symbol = fields.nonEmptyText(Field.SYM);
    if (symbol == null) {
      symbol = fields.nonEmptyText(Field.PAIR);
    }
    if (symbol == null || symbol.isBlank()) {
      throw new Rejection(
          Reason.MISSING_SYMBOL, "the event has no symbol: neither sym nor pair is a text");
    }
    if (!isSymbol(symbol)) {
      throw new Rejection(
          Reason.BAD_SYMBOL,
          "the symbol %s is not allowed: 1 to %d visible ASCII characters other than \" and \\"
              .formatted(visible(Rejection.shown(symbol)), LONGEST_SYMBOL));
    }
    return symbol;
  }

  /**
   * The rule by which the application reads rows into the tables, so that none is refused there.
   */
  private static boolean isSymbol(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return text.length() <= LONGEST_SYMBOL;
  }

  /** With a question mark for each character that could break the line. */
  private static String visible(String text) {
    return text.replaceAll("[^\\x21-\\x7E…]", "?");
  }

  /**
   * Start of the second; values of indices carry an odd millisecond, the same as start and end, and
   * belong to its second.
   */
  private long startOfSecond() throws Rejection {
    long start = time(Field.S);
    long odd = start % Second.MILLIS;
    if (odd != 0 && fields.integer(Field.E) != start) {
      throw new Rejection(
          Reason.BAD_TIME, "s=%s is not the start of a second".formatted(shown(Field.S)));
    }
    return start - odd;
  }

  private long time(Field field) throws Rejection {
    long millis = fields.integer(field);
    if (millis < 0 || millis >= LAST_MILLIS) {
      throw new Rejection(
          Reason.BAD_TIME,
          "%s=%s is not a time: whole milliseconds from 0 to %d"
              .formatted(field, shown(field), LAST_MILLIS - 1));
    }
    return millis;
  }

  private long within(long low, long high, Field field) throws Rejection {
    long price = price(field);
    if (price < low || price > high) {
      throw new Rejection(
          Reason.BAD_PRICE,
          "%s=%s is outside l=%s to h=%s"
              .formatted(field, shown(field), shown(Field.L), shown(Field.H)));
    }
    return price;
  }

  private long price(Field field) throws Rejection {
    long price = fields.kind(field) == Kind.NUMBER ? fields.decimal(field) : Decimals.NOT_A_NUMBER;
    if (price == Decimals.TOO_LARGE) {
      throw outOfRange(field);
    }
    if (price <= 0) {
      throw new Rejection(
          Reason.BAD_PRICE,
          "%s=%s is not a price: a number that rounds to 0.000001 or more"
              .formatted(field, shown(field)));
    }
    return price;
  }

  /**
   * Shares are fractional since 2026: the exact volume is the decimal text {@code dv} (trades:
   * {@code ds}), and the number beside it is rounded. Indices have no volume at all.
   */
  private long volume(Field rounded, Field exact, boolean optional) throws Rejection {
    if (fields.kind(exact) == Kind.TEXT) {
      return notNegative(exact);
    }
    if (fields.kind(exact) != Kind.ABSENT) {
      throw new Rejection(
          Reason.BAD_VOLUME, "%s=%s is not a decimal as text".formatted(exact, shown(exact)));
    }
    return optional && fields.kind(rounded) == Kind.ABSENT ? 0 : notNegativeNumber(rounded);
  }

  private long notNegativeNumber(Field field) throws Rejection {
    if (fields.kind(field) != Kind.NUMBER) {
      throw new Rejection(
          Reason.BAD_VOLUME, "%s=%s is not a number of 0 or more".formatted(field, shown(field)));
    }
    return notNegative(field);
  }

  private long notNegative(Field field) throws Rejection {
    long value = fields.decimal(field);
    if (value == Decimals.TOO_LARGE) {
      throw outOfRange(field);
    }
    if (value < 0) {
      throw new Rejection(
          Reason.BAD_VOLUME, "%s=%s is not a number of 0 or more".formatted(field, shown(field)));
    }
    return value;
  }

  /** No column holds the notional: where it is too large, only the average price is missing. */
  private static long product(long price, long volume) {
    long product = Decimals.multiply(price, volume);
    return product == Decimals.TOO_LARGE ? Decimals.NONE : product;
  }

  private Rejection outOfRange(Field field) {
    return new Rejection(
        Reason.OUT_OF_RANGE,
        "%s=%s is out of range: below 100 billion, at most 60 digits"
            .formatted(field, shown(field)));
  }

  private String shown(Field field) {
    return switch (fields.kind(field)) {
      case NUMBER -> Rejection.shown(fields.text(field));
      case TEXT -> "\"" + Rejection.shown(fields.text(field)) + "\"";
      case ABSENT -> "(none)";
      case ARRAY -> "[…]";
      case OTHER -> "(neither number nor text)";
    };
  }
}
