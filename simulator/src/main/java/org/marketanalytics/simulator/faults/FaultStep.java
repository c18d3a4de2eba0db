package org.marketanalytics.simulator.faults;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A fault and when it is to be played.
 *
 * @param values the parameters that were given or have a default, by their names in scripts
 */
public record FaultStep(Fault fault, Map<String, Object> values) {
  /** How long after the market began; empty for at once. */
  public Optional<Duration> at() {
    return seconds("at");
  }

  /** After what time it is played again; empty for once only. */
  public Optional<Duration> every() {
    return seconds("every");
  }

  /** How often it is played, if it is played again and there is an end. */
  public OptionalLong times() {
    return whole("times");
  }

  /** How long it is in force; empty for as long as the server runs. */
  public Optional<Duration> length() {
    return seconds("for");
  }

  /** How often it may happen, or to how many; empty for any number. */
  public OptionalLong count() {
    return whole("count");
  }

  /** A time among the parameters. */
  public Optional<Duration> seconds(String name) {
    return Optional.ofNullable((BigDecimal) values.get(name))
        .map(value -> Duration.ofNanos(value.movePointRight(9).longValue()));
  }

  /** A whole number among the parameters. */
  public OptionalLong whole(String name) {
    Long value = (Long) values.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** What share of the events. */
  public double share() {
    return ((BigDecimal) values.get("share")).doubleValue();
  }

  /** A word among the parameters that has a default. */
  public String word(String name) {
    return (String) values.get(name);
  }

  /** The step as it stands in a script, without the braces. */
  public String fields() {
    return "\"fault\":\"%s\"".formatted(fault.label())
        + values.entrySet().stream()
            .map(
                value ->
                    value.getValue() instanceof String text
                        ? ",\"%s\":\"%s\"".formatted(value.getKey(), text)
                        : ",\"%s\":%s".formatted(value.getKey(), value.getValue()))
            .collect(Collectors.joining());
  }
}
