package org.marketanalytics.simulator.market;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The table of {@code sale-conditions.csv}: what a trade may change in an aggregate. */
final class SaleConditions {
  private static final Rule EVERYTHING = new Rule(true, true, true);
  private static final Map<Integer, Rule> RULES = read();

  private SaleConditions() {}

  /** What a trade may change. */
  record Rule(boolean highLow, boolean openClose, boolean volume) {
    Rule and(Rule other) {
      return new Rule(
          highLow && other.highLow, openClose && other.openClose, volume && other.volume);
    }
  }

  /** What a trade with all of these conditions may change: what each of them allows. */
  static Rule of(int... conditions) {
    return Arrays.stream(conditions)
        .mapToObj(condition -> RULES.getOrDefault(condition, EVERYTHING))
        .reduce(EVERYTHING, Rule::and);
  }

  private static Map<Integer, Rule> read() {
    return lines("sale-conditions.csv").stream()
        .filter(line -> Character.isDigit(line.charAt(0)))
        .map(line -> line.split(",", -1))
        .collect(
            Collectors.toUnmodifiableMap(
                cells -> Integer.valueOf(cells[0]),
                cells ->
                    new Rule(cells[1].equals("1"), cells[2].equals("1"), cells[3].equals("1"))));
  }

  /** The lines of a resource beside this class, without comments. */
  static List<String> lines(String resource) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    SaleConditions.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
