package org.marketanalytics.aggregation;

import java.io.Serializable;
import java.time.Duration;

/**
 * What a run computes.
 *
 * @param input which events are read
 * @param slide distance of two moving averages: whole seconds, 1 s to 60 s; averages stand at its
 *     multiples since the epoch
 * @param lateness how long after its end a second is still taken, and how far ahead of its receipt
 *     an event may lie: whole seconds, 0 s to 1 h
 */
public record Settings(Input input, Duration slide, Duration lateness) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Greatest allowed slide: the window itself. */
  public static final Duration MAX_SLIDE = Duration.ofSeconds(60);

  /** Greatest allowed lateness; every second of it is kept in the state. */
  public static final Duration MAX_LATENESS = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public Settings {
    require("slide", slide, Duration.ofSeconds(1), MAX_SLIDE);
    require("lateness", lateness, Duration.ZERO, MAX_LATENESS);
  }

  private static void require(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0 || value.toMillis() % 1000 != 0) {
      throw new IllegalArgumentException(
          "%s=%s is not allowed: whole seconds from %s to %s"
              .formatted(name, shown(value), shown(least), shown(most)));
    }
  }

  /** A duration as the command line spells it. */
  static String shown(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  long slideMillis() {
    return slide.toMillis();
  }

  long latenessMillis() {
    return lateness.toMillis();
  }
}
