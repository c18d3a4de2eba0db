package org.marketanalytics.app.ingest;

import java.time.Duration;

/**
 * What is taken for a gap.
 *
 * @param enabled whether gaps are looked for at all
 * @param overlap how long before the last frame of a connection something may be missing already: a
 *     second's aggregate comes after the second
 * @param onStart how far a gap reaches back when the raw topic tells nothing of an earlier run;
 *     zero for none
 * @param max longest gap
 * @param delay how long to wait before a gap is asked for
 */
public record GapRules(
    boolean enabled, Duration overlap, Duration onStart, Duration max, Duration delay) {

  /** No gaps, as for a replay. */
  public static final GapRules NONE =
      new GapRules(false, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
