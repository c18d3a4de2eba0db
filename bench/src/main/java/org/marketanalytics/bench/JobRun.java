package org.marketanalytics.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.marketanalytics.local.Job;

/**
 * A run of the job to the end of the raw topic, measured by what it leaves: its checkpoint has a
 * file for each batch, written when Kafka has the rows.
 */
final class JobRun {

  private static final long BOUND_MINUTES = 10;
  private static final Pattern PARTITION = Pattern.compile("\"\\d+\":(\\d+)");

  private JobRun() {}

  /**
   * Events a second from the end of the first batch to the end of the last: without the start of
   * the JVM, of Spark and of the query.
   *
   * @param folder an empty one
   * @param batch most records of one batch
   */
  static double eventsPerSecond(Path folder, String bootstrapServers, int batch) throws Exception {
    Path checkpoint;
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
      checkpoint = job.checkpoint();
      var running = ProcessHandle.of(job.pid());
      if (running.isPresent()) {
        running.get().onExit().get(BOUND_MINUTES, TimeUnit.MINUTES);
      }
    }
    List<Long> batches = batches(checkpoint);
    if (batches.size() < 2) {
      throw new IOException(
          "the job did %d batches, at least 2 are needed; see job.log beside %s"
              .formatted(batches.size(), checkpoint));
    }
    long first = batches.get(0);
    long last = batches.get(batches.size() - 1);
    double seconds = committedSeconds(checkpoint, last) - committedSeconds(checkpoint, first);
    return (records(checkpoint, last) - records(checkpoint, first)) / seconds;
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
