package org.marketanalytics.simulator.market;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The channels of Polygon's feed; the name is both the prefix of a subscription and the {@code ev}
 * of an event.
 */
public enum Channel {
  T,
  Q,
  A,
  AM,
  LULD,
  NOI,
  XT,
  XQ,
  XL2,
  XA,
  XAS,
  C,
  CA,
  CAS,
  V;

  private static final Map<String, Channel> BY_NAME =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

  /** The channel of that exact name; empty for any other text. */
  public static Optional<Channel> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
