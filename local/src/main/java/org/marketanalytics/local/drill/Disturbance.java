package org.marketanalytics.local.drill;

import java.io.IOException;

/** All that goes wrong while a market runs. */
@FunctionalInterface
interface Disturbance {

  /** Prepares the machine before the first process starts. */
  default void before() throws IOException, InterruptedException {
    // most need nothing
  }

  /** Undoes {@link #before} when the last process has ended. */
  default void after() {
    // most need nothing
  }

  /**
   * Plays it; returns when the pipeline has recovered.
   *
   * @return how long that took at most, in seconds
   */
  double play(Pipeline pipeline) throws IOException, InterruptedException;

  /** What is not right at the end beside the rows; empty when nothing is. */
  default String complaint(Pipeline pipeline) throws IOException, InterruptedException {
    return "";
  }
}
