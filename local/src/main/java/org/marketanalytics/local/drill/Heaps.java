package org.marketanalytics.local.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lives on the heap of each JVM, over the time of a run. */
final class Heaps {

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
  private static final int KIB = 1024;
  private static final double ALLOWED = 0.10;
  private static final int PARTS_OF_THE_TIME = 6;

  /** The database is no JVM. */
  private static final String DATABASE = "database";

  private final Map<String, List<Long>> kibByPart = new TreeMap<>();

  /**
   * Notes the bytes of all objects that can be reached; a process that is just gone is passed over.
   *
   * <p>The histogram counts them in the same stop of the JVM. Between a collection and a look at
   * what the heap has in use, as two commands, a busy process fills tens of MiB with garbage.
   *
   * @return a line that names the parts and their MiB
   */
  String sample(Map<String, Long> pids) throws IOException, InterruptedException {
    StringBuilder line = new StringBuilder("heap_mib");
    for (Map.Entry<String, Long> part : pids.entrySet()) {
      if (part.getKey().equals(DATABASE)) {
        continue;
      }
      long kib = liveKib(jcmd(part.getValue(), "GC.class_histogram"));
      if (kib > 0) {
        kibByPart.computeIfAbsent(part.getKey(), name -> new ArrayList<>()).add(kib);
        line.append(String.format(Locale.ROOT, " %s=%.1f", part.getKey(), kib / (double) KIB));
      }
    }
    return line.toString();
  }

  /** A line for each part: its mean in the first and in the last sixth of the time. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    kibByPart.forEach(
        (part, kib) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "heap of %-12s first sixth %.1f MiB, last sixth %.1f MiB",
                    part,
                    first(kib) / KIB,
                    last(kib) / KIB)));
    return lines;
  }

  /** The parts that hold over a tenth more at the end than at the beginning; empty when none. */
  String complaint() {
    List<String> grown = new ArrayList<>();
    kibByPart.forEach(
        (part, kib) -> {
          if (last(kib) > first(kib) * (1 + ALLOWED)) {
            grown.add(part);
          }
        });
    return grown.isEmpty()
        ? ""
        : "over 10 % more on the heap at the end than at the beginning: "
            + String.join(", ", grown);
  }

  /** The last line of {@code GC.class_histogram}; 0 when there is none. */
  static long liveKib(String histogram) {
    Matcher total = TOTAL.matcher(histogram);
    return total.find() ? Long.parseLong(total.group(1)) / KIB : 0;
  }

  private static double first(List<Long> kib) {
    return mean(kib.subList(0, sixth(kib)));
  }

  private static double last(List<Long> kib) {
    return mean(kib.subList(kib.size() - sixth(kib), kib.size()));
  }

  private static int sixth(List<Long> kib) {
    return Math.max(1, kib.size() / PARTS_OF_THE_TIME);
  }

  private static double mean(List<Long> kib) {
    return kib.stream().mapToLong(Long::longValue).average().orElse(0);
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(program, Long.toString(pid), command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? output : "";
  }
}
