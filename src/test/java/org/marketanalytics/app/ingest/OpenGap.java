package org.marketanalytics.app.ingest;

import java.util.OptionalLong;

/** Opens a gap for tests of what fills it. */
public final class OpenGap {
  private OpenGap() {}

  /** As at the start of a run that is told to reach back. */
  public static void of(Ingest ingest) {
    ingest.gaps().began(OptionalLong.empty(), OptionalLong.empty(), System.currentTimeMillis());
  }
}
