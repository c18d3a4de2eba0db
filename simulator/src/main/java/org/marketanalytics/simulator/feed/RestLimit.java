package org.marketanalytics.simulator.feed;

import java.time.Duration;

/**
 * How often a key may ask.
 *
 * @param requests 0 for as often as it likes
 * @param window within any time of that length
 */
public record RestLimit(int requests, Duration window) {
  /** No limit. */
  public static final RestLimit NONE = new RestLimit(0, Duration.ofMinutes(1));
}
