package org.marketanalytics.spark;

import java.io.Serializable;

/** Names of the three topics; letters, digits, dots, underscores and hyphens. */
record Topics(String raw, String aggregated, String deadLetter) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * @throws IllegalArgumentException naming the option whose value is no topic name
   */
  Topics {
    require("--raw-topic", raw);
    require("--aggregated-topic", aggregated);
    require("--dead-letter-topic", deadLetter);
  }

  static void require(String option, String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,249}")) {
      throw new IllegalArgumentException(
          "%s=%s is not a topic name: 1 to 249 letters, digits, dots, underscores and hyphens"
              .formatted(option, name));
    }
  }
}
