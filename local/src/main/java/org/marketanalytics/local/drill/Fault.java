package org.marketanalytics.local.drill;

import java.io.IOException;
import java.time.Duration;

/** What goes wrong; when it returns, the cause is gone and the pipeline is left to itself. */
@FunctionalInterface
interface Fault {

  /**
   * Plays it.
   *
   * @param outage how long a server stays away, where it does
   * @return when the cause was gone, by {@link System#nanoTime}: the moment from which the recovery
   *     counts, such as the one in which a process was started again
   */
  long play(Pipeline pipeline, Duration outage) throws IOException, InterruptedException;
}
