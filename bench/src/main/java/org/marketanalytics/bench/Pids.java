package org.marketanalytics.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processes that the system holds, lets go on, and has counted the time of. */
final class Pids {

  /** Linux counts in hundredths of a second, on every architecture that Java runs on. */
  private static final double TICKS = 100;

  /** Of {@code /proc/PID/stat} after the name in brackets: user and system time. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;

  private Pids() {}

  /**
   * Processor time that a process has taken, all its threads together.
   *
   * @return seconds; NaN where there is no {@code /proc}
   */
  static double cpuSeconds(long pid) throws IOException {
    Path stat = Path.of("/proc/" + pid + "/stat");
    return Files.exists(stat) ? cpuSeconds(Files.readString(stat)) : Double.NaN;
  }

  static double cpuSeconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) / TICKS;
  }

  /** Holds processes where they are, so that they take no time of the others. */
  static void hold(long... pids) throws IOException, InterruptedException {
    signal("STOP", pids);
  }

  /** Lets held processes go on. */
  static void release(long... pids) throws IOException, InterruptedException {
    signal("CONT", pids);
  }

  private static void signal(String name, long... pids) throws IOException, InterruptedException {
    for (long pid : pids) {
      int code =
          new ProcessBuilder("kill", "-" + name, Long.toString(pid))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (code != 0) {
        throw new IOException("process " + pid + " has ended; see its log under bench/target/run");
      }
    }
  }
}
