package org.marketanalytics.local;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Ends the children when this process is gone, however it went: even after {@code kill -9}, when no
 * shutdown hook runs.
 *
 * <p>A small shell reads the pids to watch from a pipe. The system closes the pipe when this
 * process ends; the shell then asks what is left to stop, and kills after a bound what has not.
 */
final class Leash {

  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      pids=' '
      while read -r operation pid; do
        case $operation in
          add) pids="$pids$pid " ;;
          drop) pids="${pids%%" $pid "*} ${pids#*" $pid "}" ;;
        esac
      done
      for pid in $pids; do kill -TERM "$pid" 2>/dev/null; done
      seconds=0
      for pid in $pids; do
        while kill -0 "$pid" 2>/dev/null && [ $seconds -lt 10 ]; do
          sleep 1
          seconds=$((seconds + 1))
        done
        kill -KILL "$pid" 2>/dev/null
      done
      """;

  private static final Leash INSTANCE = new Leash();

  private Writer pids;

  private Leash() {}

  static void add(long pid) throws IOException {
    INSTANCE.send("add", pid);
  }

  /** To be called once the process has ended, lest its number be given to another one. */
  static void drop(long pid) throws IOException {
    INSTANCE.send("drop", pid);
  }

  private synchronized void send(String operation, long pid) throws IOException {
    if (pids == null) {
      Process shell =
          new ProcessBuilder(List.of("/bin/sh", "-c", SCRIPT))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      pids = shell.outputWriter(StandardCharsets.US_ASCII);
    }
    pids.write(operation + " " + pid + "\n");
    pids.flush();
  }
}
