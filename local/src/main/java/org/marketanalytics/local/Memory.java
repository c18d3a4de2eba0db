package org.marketanalytics.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The resident memory of this process and all it has started, sampled each second. A page that
 * several processes share counts for each of them, so the sum is an upper bound.
 */
final class Memory implements AutoCloseable {

  private static final long PERIOD_MILLIS = 1_000;
  private static final String SELF = "demo";
  private static final boolean HAS_PROC = Files.isReadable(Path.of("/proc/self/status"));

  private final Thread thread = new Thread(this::sample, "memory");
  private final Map<String, Long> peakKibByPart = new TreeMap<>();
  private long peakKib;
  private long lastKib;

  Memory() {
    thread.setDaemon(true);
  }

  Memory start() {
    thread.start();
    return this;
  }

  /** The greatest sum seen, in MiB. */
  synchronized long peakMib() {
    return peakKib / 1024;
  }

  /** The last sum seen, in MiB. */
  synchronized long lastMib() {
    return lastKib / 1024;
  }

  /** The greatest value of each part, in MiB; they need not have been reached at the same time. */
  synchronized Map<String, Long> peakMibByPart() {
    Map<String, Long> peaks = new TreeMap<>();
    peakKibByPart.forEach((part, kib) -> peaks.put(part, kib / 1024));
    return peaks;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void sample() {
    try {
      while (true) {
        sampleOnce();
        Thread.sleep(PERIOD_MILLIS);
      }
    } catch (InterruptedException e) {
      // closed
    } catch (IOException e) {
      System.err.println("demo: memory is no longer measured: " + e.getMessage());
    }
  }

  private void sampleOnce() throws IOException {
    ProcessHandle self = ProcessHandle.current();
    Map<Long, String> names = new HashMap<>();
    names.put(self.pid(), SELF);
    ChildProcess.running().forEach(child -> names.put(child.pid(), child.name()));
    long[] pids =
        LongStream.concat(
                LongStream.of(self.pid()), self.descendants().mapToLong(ProcessHandle::pid))
            .toArray();
    Map<Long, Long> residentKib = HAS_PROC ? fromProc(pids) : fromPs(pids);
    synchronized (this) {
      lastKib = residentKib.values().stream().mapToLong(Long::longValue).sum();
      peakKib = Math.max(peakKib, lastKib);
      residentKib.forEach(
          (pid, kib) -> peakKibByPart.merge(names.getOrDefault(pid, "other"), kib, Math::max));
    }
  }

  private static Map<Long, Long> fromProc(long[] pids) {
    Map<Long, Long> kib = new HashMap<>();
    for (long pid : pids) {
      try {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
          if (line.startsWith("VmRSS:")) {
            kib.put(pid, Long.parseLong(line.replaceAll("\\D", "")));
          }
        }
      } catch (IOException e) {
        // it ended meanwhile
      }
    }
    return kib;
  }

  private static Map<Long, Long> fromPs(long[] pids) throws IOException {
    String list = LongStream.of(pids).mapToObj(Long::toString).collect(Collectors.joining(","));
    Process ps = new ProcessBuilder(List.of("ps", "-o", "pid=,rss=", "-p", list)).start();
    Map<Long, Long> kib = new HashMap<>();
    String output = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    for (String line : output.lines().toList()) {
      String[] columns = line.strip().split("\\s+", 2);
      kib.put(Long.parseLong(columns[0]), Long.parseLong(columns[1]));
    }
    return kib;
  }
}
