package org.marketanalytics.aggregation;

import java.util.List;
import java.util.Random;

/** Runs the aggregation over a log, cut into batches, as a streaming job would. */
final class Runs {
  private Runs() {}

  /**
   * One batch a cut. Each batch starts from nothing but the kept state, or with the memory of the
   * ones before, in turn.
   */
  static Tables cutAt(Settings settings, List<LogRecord> records, List<Integer> cuts) {
    Tables tables = new Tables();
    MemoryMinutes store = new MemoryMinutes();
    PartitionMemory memory = new PartitionMemory();
    Progress progress = Progress.START;
    int from = 0;
    for (int cut : cuts.stream().map(cut -> Math.min(cut, records.size())).sorted().toList()) {
      memory = from % 5 == 0 ? new PartitionMemory() : memory;
      progress = batch(settings, memory, progress, store, tables, records.subList(from, cut));
      from = cut;
    }
    batch(settings, memory, progress, store, tables, records.subList(from, records.size()));
    return tables;
  }

  /**
   * Batches of which each may be killed after its rows were written and before its state was kept,
   * then read again with another cut; by the same process, which remembers what was lost, or by
   * another.
   */
  static Tables withKills(Settings settings, List<LogRecord> records, long seed) {
    Random random = new Random(seed);
    Tables tables = new Tables();
    MemoryMinutes kept = new MemoryMinutes();
    PartitionMemory memory = new PartitionMemory();
    Progress progress = Progress.START;
    int from = 0;
    while (from < records.size()) {
      int to = from + 1 + random.nextInt(Math.min(40, records.size() - from));
      MemoryMinutes working = new MemoryMinutes(kept);
      memory = random.nextInt(5) == 0 ? new PartitionMemory() : memory;
      Progress after =
          batch(settings, memory, progress, working, tables, records.subList(from, to));
      if (random.nextInt(3) > 0) {
        kept = working;
        progress = after;
        from = to - random.nextInt(Math.min(3, to)); // a few records come again
      }
    }
    return tables;
  }

  static Progress batch(
      Settings settings,
      PartitionMemory memory,
      Progress progress,
      MinuteStore store,
      Output output,
      List<LogRecord> records) {
    Progress kept =
        Progress.decode(
            progress.equals(Progress.START) ? null : progress.encode(settings), settings);
    PartitionAggregation aggregation =
        new PartitionAggregation(settings, memory, kept, store, output);
    records.forEach(aggregation::accept);
    return aggregation.flush();
  }
}
