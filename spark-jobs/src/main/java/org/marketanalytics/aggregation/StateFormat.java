package org.marketanalytics.aggregation;

import java.util.Arrays;
import java.util.Locale;

/**
 * The two bytes that every piece of state starts with: the version of its format, and the input it
 * was made from. A version that adds to the format reads the ones before it; an older job refuses
 * what a newer one wrote.
 */
final class StateFormat {
  private StateFormat() {}

  /**
   * Requires a version from {@code oldest} to {@code newest}, and the input.
   *
   * @throws IllegalStateException naming what was found and what is known
   */
  static void require(byte[] encoded, byte oldest, byte newest, Input input) {
    if (encoded[0] < oldest || encoded[0] > newest) {
      throw new IllegalStateException(
          "the checkpoint's state has format version %d, this job knows %s: use the job that wrote it, or a new checkpoint"
              .formatted(encoded[0], oldest == newest ? newest : oldest + " to " + newest));
    }
    if (encoded[1] != input.code()) {
      throw new IllegalStateException(
          "the checkpoint was made with input=%s, not input=%s: go on with the former, or use a new checkpoint"
              .formatted(name(encoded[1]), name(input.code())));
    }
  }

  private static String name(int code) {
    return Arrays.stream(Input.values())
        .filter(known -> known.code() == code)
        .map(known -> known.name().toLowerCase(Locale.ROOT))
        .findAny()
        .orElse("(unknown " + code + ")");
  }
}
