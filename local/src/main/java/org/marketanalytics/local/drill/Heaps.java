package org.marketanalytics.local.drill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.marketanalytics.local.LiveHeap;

/** What lives on the heap of each JVM, over the time of a run. */
final class Heaps {

  private static final int KIB = 1024;
  private static final double ALLOWED = 0.10;
  private static final int PARTS_OF_THE_TIME = 6;

  /** The database is no JVM. */
  private static final String DATABASE = "database";

  private final Map<String, List<Long>> kibByPart = new TreeMap<>();

  /**
   * Notes what lives now; a process that is just gone is passed over.
   *
   * @return a line that names the parts and their MiB
   */
  String sample(Map<String, Long> pids) throws IOException, InterruptedException {
    StringBuilder line = new StringBuilder("heap_mib");
    for (Map.Entry<String, Long> part : pids.entrySet()) {
      if (part.getKey().equals(DATABASE)) {
        continue;
      }
      long kib = LiveHeap.bytes(part.getValue()) / KIB;
      if (kib > 0) {
        add(part.getKey(), kib);
        line.append(String.format(Locale.ROOT, " %s=%.1f", part.getKey(), kib / (double) KIB));
      }
    }
    return line.toString();
  }

  void add(String part, long kib) {
    kibByPart.computeIfAbsent(part, name -> new ArrayList<>()).add(kib);
  }

  /**
   * A line for each part: its median in the first and in the last sixth of the time. What a batch
   * under way holds for a moment is no growth.
   */
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

  private static double first(List<Long> kib) {
    return median(kib.subList(0, sixth(kib)));
  }

  private static double last(List<Long> kib) {
    return median(kib.subList(kib.size() - sixth(kib), kib.size()));
  }

  private static int sixth(List<Long> kib) {
    return Math.max(1, kib.size() / PARTS_OF_THE_TIME);
  }

  private static double median(List<Long> kib) {
    List<Long> sorted = kib.stream().sorted().toList();
    int size = sorted.size();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2.0;
  }
}
