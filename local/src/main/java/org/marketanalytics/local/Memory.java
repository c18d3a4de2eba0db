package org.marketanalytics.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The resident memory of this process and all it has started, sampled each second. A page that
 * several processes share counts for each of them, so the sum is an upper bound. A process that is
 * still the copy of its parent, before it executes its own program, shares all of them and is left
 * out.
 */
final class Memory implements AutoCloseable {

  private static final long PERIOD_MILLIS = 1_000;
  private static final String SELF = "demo";
  private static final boolean HAS_PROC = Files.isReadable(Path.of("/proc/self/status"));

  private final Thread thread = new Thread(this::sample, "memory");
  private final Map<String, Long> peakKibByPart = new TreeMap<>();
  private long peakKib;
  private long lastKib;
  private boolean failed;

  Memory() {
    thread.setDaemon(true);
  }

  Memory start() {
    thread.start();
    return this;
  }

  /** The greatest sum seen, in MiB; empty when a sample failed. */
  synchronized OptionalLong peakMib() {
    return failed ? OptionalLong.empty() : OptionalLong.of(peakKib / 1024);
  }

  /** The last sum seen, in MiB; empty when a sample failed. */
  synchronized OptionalLong lastMib() {
    return failed ? OptionalLong.empty() : OptionalLong.of(lastKib / 1024);
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
        sampleOrFail();
        Thread.sleep(PERIOD_MILLIS);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void sampleOrFail() {
    try {
      sampleOnce();
    } catch (IOException | RuntimeException e) {
      synchronized (this) {
        if (!failed) {
          System.err.println("demo: memory could not be measured: " + e);
        }
        failed = true;
      }
    }
  }

  private void sampleOnce() throws IOException {
    ProcessHandle self = ProcessHandle.current();
    Map<Long, String> names = new HashMap<>();
    names.put(self.pid(), SELF);
    ChildProcess.running().forEach(child -> names.put(child.pid(), child.name()));
    long[] pids =
        LongStream.concat(
                LongStream.of(self.pid()),
                self.descendants()
                    .filter(process -> !isCopyOfParent(process))
                    .mapToLong(ProcessHandle::pid))
            .toArray();
    Map<Long, Long> residentKib = HAS_PROC ? fromProc(pids) : fromPs(pids);
    synchronized (this) {
      lastKib = residentKib.values().stream().mapToLong(Long::longValue).sum();
      peakKib = Math.max(peakKib, lastKib);
      residentKib.forEach(
          (pid, kib) -> peakKibByPart.merge(names.getOrDefault(pid, "other"), kib, Math::max));
    }
  }

  private static boolean isCopyOfParent(ProcessHandle process) {
    Optional<String> own = process.info().commandLine();
    Optional<String> ofParent =
        process.parent().map(ProcessHandle::info).flatMap(ProcessHandle.Info::commandLine);
    return own.isPresent() && own.equals(ofParent);
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
