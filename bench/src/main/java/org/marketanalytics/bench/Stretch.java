package org.marketanalytics.bench;

import java.io.IOException;
import java.util.List;

/** A stretch of time, and the processor time of some processes in it. */
record Stretch(List<Long> pids, long begunNanos, double cpuSecondsBefore) {

  static Stretch begin(List<Long> pids) throws IOException {
    return new Stretch(pids, System.nanoTime(), cpuSeconds(pids));
  }

  /** How many of them a second, and microseconds of processor time for each. */
  double[] figures(long count) throws IOException {
    double seconds = (System.nanoTime() - begunNanos) / 1e9;
    return new double[] {count / seconds, (cpuSeconds(pids) - cpuSecondsBefore) * 1e6 / count};
  }

  private static double cpuSeconds(List<Long> pids) throws IOException {
    double seconds = 0;
    for (long pid : pids) {
      seconds += Pids.cpuSeconds(pid);
    }
    return seconds;
  }
}
