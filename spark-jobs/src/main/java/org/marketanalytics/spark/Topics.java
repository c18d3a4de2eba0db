package org.marketanalytics.spark;

import java.io.Serializable;
import java.util.stream.Stream;

/** Names of the three topics; letters, digits, dots, underscores and hyphens. */
record Topics(String raw, String aggregated, String deadLetter) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * @throws IllegalArgumentException naming the option whose value is no topic name, or the same as
   *     another
   */
  Topics {
    require("--raw-topic", raw);
    require("--aggregated-topic", aggregated);
    require("--dead-letter-topic", deadLetter);
    Arguments.require(
        Stream.of(raw, aggregated, deadLetter).distinct().count() == 3,
        "--raw-topic",
        raw,
        "the raw, the aggregated and the dead-letter topic must differ");
  }

  static void require(String option, String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,249}")) {
      throw new IllegalArgumentException(
          "%s=%s is not a topic name: 1 to 249 letters, digits, dots, underscores and hyphens"
              .formatted(option, name));
    }
  }
}
