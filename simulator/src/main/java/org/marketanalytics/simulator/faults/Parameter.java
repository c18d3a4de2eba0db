package org.marketanalytics.simulator.faults;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A parameter of a fault.
 *
 * @param choices the words it may be, if it is one of several
 * @param required whether it has to be given
 * @param otherwise its value where none is given; null where there is none or has to be one
 */
record Parameter(String name, Kind kind, List<String> choices, boolean required, String otherwise) {
  private static final BigDecimal DAY = BigDecimal.valueOf(86_400);
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

  enum Kind {
    SECONDS("a number of seconds from 0 to 86400"),
    SHARE("a number from 0 to 1"),
    COUNT("a whole number from 1 to 1000000"),
    SEED("a whole number of 64 bits"),
    CHOICE("");

    private final String allowed;

    Kind(String allowed) {
      this.allowed = allowed;
    }
  }

  static Parameter optional(String name, Kind kind) {
    return new Parameter(name, kind, List.of(), false, null);
  }

  static Parameter optional(String name, Kind kind, String otherwise) {
    return new Parameter(name, kind, List.of(), false, otherwise);
  }

  static Parameter required(String name, Kind kind) {
    return new Parameter(name, kind, List.of(), true, null);
  }

  /** One of several words, the first if none is given. */
  static Parameter choice(String name, String... words) {
    return new Parameter(name, Kind.CHOICE, List.of(words), false, words[0]);
  }

  String allowed() {
    return kind == Kind.CHOICE ? "one of " + String.join(", ", choices) : kind.allowed;
  }

  /** The value that a text stands for; empty if it may not be. */
  Optional<Object> value(String text) {
    if (kind == Kind.CHOICE) {
      return choices.contains(text) ? Optional.of(text) : Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return switch (kind) {
        case SECONDS -> within(number, DAY) ? Optional.of(number) : Optional.empty();
        case SHARE -> within(number, BigDecimal.ONE) ? Optional.of(number) : Optional.empty();
        case COUNT ->
            within(number, MOST) && number.signum() > 0
                ? Optional.of(number.longValueExact())
                : Optional.empty();
        default -> Optional.of(number.longValueExact());
      };
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean within(BigDecimal number, BigDecimal most) {
    return number.signum() >= 0 && number.compareTo(most) <= 0;
  }
}
