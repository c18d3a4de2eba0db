package org.marketanalytics.aggregation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a trade may change by its sale conditions, under the rules for consolidated processing that
 * the feed publishes beside its list of conditions (resource {@code sale-conditions.csv}). Of
 * several conditions each must allow it. A condition that is not in the list forbids nothing, as
 * those name no rule for the consolidated tape.
 */
final class SaleConditions {
  private static final String RESOURCE = "sale-conditions.csv";

  /** What a trade may change. */
  enum Effect {
    NOTHING,
    VOLUME,
    HIGH_LOW,
    HIGH_LOW_AND_VOLUME,
    PRICES,
    EVERYTHING;

    boolean volume() {
      return this == VOLUME || this == HIGH_LOW_AND_VOLUME || this == EVERYTHING;
    }

    boolean highLow() {
      return this != NOTHING && this != VOLUME;
    }

    boolean openClose() {
      return this == PRICES || this == EVERYTHING;
    }

    Effect and(Effect other) {
      return of(
          highLow() && other.highLow(),
          openClose() && other.openClose(),
          volume() && other.volume());
    }

    /** The effect of these three; what counts for open and close counts for high and low too. */
    static Effect of(boolean highLow, boolean openClose, boolean volume) {
      if (highLow && openClose) {
        return volume ? EVERYTHING : PRICES;
      }
      if (highLow) {
        return volume ? HIGH_LOW_AND_VOLUME : HIGH_LOW;
      }
      return volume ? VOLUME : NOTHING;
    }
  }

  private static final Map<Integer, Effect> EFFECTS = load();

  private SaleConditions() {}

  /** What a trade with all of these conditions may change. */
  static Effect effectOf(int[] conditions) {
    Effect effect = Effect.EVERYTHING;
    for (int condition : conditions) {
      effect = effect.and(EFFECTS.getOrDefault(condition, Effect.EVERYTHING));
    }
    return effect;
  }

  private static Map<Integer, Effect> load() {
    Map<Integer, Effect> effects = new HashMap<>();
    try (InputStream resource = SaleConditions.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> Character.isDigit(line.charAt(0)))
          .forEach(line -> add(line, effects));
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
    return Map.copyOf(effects);
  }

  private static void add(String line, Map<Integer, Effect> effects) {
    String[] columns = line.split(",", -1);
    effects.put(
        Integer.valueOf(columns[0]),
        Effect.of(columns[2].equals("1"), columns[3].equals("1"), columns[4].equals("1")));
  }
}
