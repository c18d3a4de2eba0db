package org.marketanalytics.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.marketanalytics.local.Job;

/**
 * A run of the job to the end of the raw topic, measured by what it leaves: its checkpoint has a
 * file for each batch, written when Kafka has the rows.
 *
 * @param eventsPerSecond of the second half of the topic
 * @param cpuMicrosPerEvent processor time of the job's process for each event of that half
 */
record JobRun(double eventsPerSecond, double cpuMicrosPerEvent) {

  private static final Duration PERIOD = Duration.ofMillis(20);
  private static final Pattern PARTITION = Pattern.compile("\"\\d+\":(\\d+)");

  /** Where the job stands. */
  private record Reached(long records, double seconds, double cpuSeconds) {}

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
      Reached half = await(job, records / 2);
      Reached end = await(job, records);
      long events = end.records() - half.records();
      return new JobRun(
          events / (end.seconds() - half.seconds()),
          (end.cpuSeconds() - half.cpuSeconds()) * 1e6 / events);
    }
  }

  /** The first batch that reaches so many records, as soon as it is done. */
  private static Reached await(Job job, long records) throws Exception {
    Path checkpoint = job.checkpoint();
    Wait.until(
        "the job to read %d records, see %s".formatted(records, job.log()),
        PERIOD,
        () -> {
          boolean isAlive = job.isAlive();
          if (records(checkpoint) >= records) {
            return true;
          }
          if (!isAlive) {
            throw new IOException("the job has ended before; see " + job.log());
          }
          return false;
        });
    double cpuSeconds = Pids.cpuSeconds(job.pid());
    List<Long> batches = batches(checkpoint);
    long last = batches.get(batches.size() - 1);
    return new Reached(records(checkpoint, last), committedSeconds(checkpoint, last), cpuSeconds);
  }

  /** The numbers of the batches that were done. */
  private static List<Long> batches(Path checkpoint) throws IOException {
    Path commits = checkpoint.resolve("commits");
    if (!Files.isDirectory(commits)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(commits)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .map(Long::valueOf)
          .sorted()
          .toList();
    }
  }

  private static double committedSeconds(Path checkpoint, long batch) throws IOException {
    return Files.getLastModifiedTime(checkpoint.resolve("commits/" + batch))
            .to(TimeUnit.MICROSECONDS)
        / 1e6;
  }

  /** How many records of the raw topic were read up to the last batch that was done. */
  static long records(Path checkpoint) throws IOException {
    List<Long> batches = batches(checkpoint);
    return batches.isEmpty() ? 0 : records(checkpoint, batches.get(batches.size() - 1));
  }

  private static long records(Path checkpoint, long batch) throws IOException {
    return records(Files.readString(checkpoint.resolve("offsets/" + batch)));
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
