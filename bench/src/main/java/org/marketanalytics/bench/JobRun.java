package org.marketanalytics.bench;

import static java.util.Comparator.reverseOrder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.marketanalytics.local.Job;

/**
 * A run of the job, or of the naive one, to the end of the raw topic, measured by what it leaves:
 * the checkpoint of a query has a file for each batch, written when Kafka has the rows.
 *
 * @param eventsPerSecond of the part of the topic that counts
 * @param cpuMicrosPerEvent processor time of the job's process for each event of that part
 */
record JobRun(double eventsPerSecond, double cpuMicrosPerEvent) {

  private static final Duration PERIOD = Duration.ofMillis(20);
  private static final Pattern PARTITION = Pattern.compile("\"\\d+\":(\\d+)");

  /** Where a query stands after its last batch that was done, and when that was. */
  record Reached(long records, double seconds) {

    private static final Comparator<Reached> ORDER =
        Comparator.comparingLong(Reached::records).thenComparing(Reached::seconds, reverseOrder());

    /** Of several queries, the one that is behind; of those that are equal, the later. */
    static Reached of(List<Path> checkpoints) throws IOException {
      List<Reached> all = new ArrayList<>();
      for (Path checkpoint : checkpoints) {
        all.add(of(checkpoint));
      }
      return all.stream().min(ORDER).orElseThrow();
    }

    private static Reached of(Path checkpoint) throws IOException {
      OptionalLong last = lastBatch(checkpoint);
      return last.isEmpty()
          ? new Reached(0, 0)
          : new Reached(
              JobRun.records(Files.readString(checkpoint.resolve("offsets/" + last.getAsLong()))),
              committedSeconds(checkpoint, last.getAsLong()));
    }
  }

  /**
   * Runs the job over the topic. The first half is not counted: in it the JVM, Spark and the query
   * start, and the code is compiled.
   *
   * @param folder an empty one
   * @param records on the topic
   * @param batch most records of one batch, at most half of them
   */
  static JobRun over(Path folder, String bootstrapServers, long records, int batch)
      throws Exception {
    try (Job job =
        Job.start(
            folder,
            bootstrapServers,
            List.of(),
            "--once",
            "--slide",
            Aggregation.SLIDE,
            "--lateness",
            Aggregation.LATENESS,
            "--max-records",
            Integer.toString(batch))) {
      return between(job, List.of(job.checkpoint()), records / 2, records);
    }
  }

  /** Like {@link #over}, of {@link NaiveAggregation} in place of the job. */
  static JobRun naive(Path folder, String bootstrapServers, long records, int batch)
      throws Exception {
    try (Job job =
        Job.start(
            folder,
            bootstrapServers,
            Built.bench(),
            NaiveAggregation.class.getName(),
            "--max-records",
            Integer.toString(batch))) {
      Path averages = job.checkpoint().resolve(NaiveAggregation.AVERAGES);
      Path bars = job.checkpoint().resolve(NaiveAggregation.BARS);
      return between(job, List.of(averages, bars), records / 2, records);
    }
  }

  /** From the first batch that reaches so many records to the one that reaches so many. */
  static JobRun between(Job job, List<Path> checkpoints, long begin, long records)
      throws Exception {
    Reached first = await(job, checkpoints, begin);
    double cpuSeconds = Pids.cpuSeconds(job.pid());
    Reached end = await(job, checkpoints, records);
    long events = end.records() - first.records();
    return new JobRun(
        events / (end.seconds() - first.seconds()),
        (Pids.cpuSeconds(job.pid()) - cpuSeconds) * 1e6 / events);
  }

  /** The first batch that reaches so many records, as soon as it is done. */
  static Reached await(Job job, List<Path> checkpoints, long records) throws Exception {
    Wait.until(
        "the job to read %d records, see %s".formatted(records, job.log()),
        PERIOD,
        () -> {
          boolean isAlive = job.isAlive();
          if (Reached.of(checkpoints).records() >= records) {
            return true;
          }
          if (!isAlive) {
            throw new IOException("the job has ended before; see " + job.log());
          }
          return false;
        });
    return Reached.of(checkpoints);
  }

  /** The number of the last batch that was done. */
  private static OptionalLong lastBatch(Path checkpoint) throws IOException {
    Path commits = checkpoint.resolve("commits");
    if (!Files.isDirectory(commits)) {
      return OptionalLong.empty();
    }
    try (Stream<Path> files = Files.list(commits)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .mapToLong(Long::parseLong)
          .max();
    }
  }

  private static double committedSeconds(Path checkpoint, long batch) throws IOException {
    return Files.getLastModifiedTime(checkpoint.resolve("commits/" + batch))
            .to(TimeUnit.MICROSECONDS)
        / 1e6;
  }

  /** How many records of the raw topic were read up to the last batch that was done. */
  static long records(Path checkpoint) throws IOException {
    return Reached.of(checkpoint).records();
  }

  /** Of the file that Spark writes: a version, a line about the batch, and a line of offsets. */
  static long records(String offsets) {
    Matcher matcher = PARTITION.matcher(offsets);
    int source = offsets.indexOf("{\"" + TopicLog.RAW + "\":");
    matcher.region(source, offsets.length());
    long sum = 0;
    while (matcher.find()) {
      sum += Long.parseLong(matcher.group(1));
    }
    return sum;
  }
}
