package org.marketanalytics.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The raw topic in shares of its partitions: partition {@code p} belongs to share {@code p} modulo
 * their count. Each is a source of its own, so that each has a task of its own.
 */
final class Shares {
  /** Unless asked for: each share adds to the plan that is made for every batch. */
  private static final int MOST = 8;

  private final Arguments arguments;
  private final int partitions;
  private final int count;

  /**
   * Shares of a topic.
   *
   * @param partitions of the raw topic
   * @param count of shares, at most one a partition
   */
  Shares(Arguments arguments, int partitions, int count) {
    this.arguments = arguments;
    this.partitions = partitions;
    this.count = count;
  }

  /**
   * How many shares a run has: as many as the checkpoint was begun with, as each share's state lies
   * there under its number.
   *
   * @param asked how many are wanted, or 0 for one a core of this machine or, on a cluster, a
   *     partition, but at most eight
   */
  static int count(SparkSession spark, int asked, int partitions, String checkpoint) {
    int begun = begun(spark, checkpoint);
    if (begun > 0) {
      return begun;
    }
    boolean local = spark.sparkContext().isLocal();
    int usual = local ? Math.min(Session.cores(), MOST) : MOST;
    int wanted = asked > 0 ? asked : usual;
    return Math.min(wanted, partitions);
  }

  /** Rows of {@link Pack#TYPE}, a data set a share. */
  List<Dataset<Row>> read(SparkSession spark) {
    Map<String, String> kafka = arguments.log().sparkKafka();
    // they live until they are packed: many would be carried about by the garbage collector
    kafka.putIfAbsent("kafka.max.poll.records", "2000");
    // a request under way that nothing answers must not keep the next batch waiting
    kafka.putIfAbsent("kafka.fetch.max.wait.ms", "20");
    return IntStream.range(0, count)
        .mapToObj(
            share ->
                spark
                    .readStream()
                    .format(PackSource.class.getName())
                    .options(kafka)
                    .option("assign", assignment(share))
                    .option("startingOffsets", "earliest")
                    .option(
                        PackSource.KINDS,
                        String.join(",", arguments.log().settings().input().kinds()))
                    .option("failOnDataLoss", "true")
                    .option("maxOffsetsPerTrigger", Long.toString(mostRecords()))
                    .load())
        .toList();
  }

  /** As Spark's Kafka source takes it: {@code {"market.raw":[0,2,4,6]}}. */
  private String assignment(int share) {
    return IntStream.range(0, partitions)
        .filter(partition -> partition % count == share)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "{\"%s\":[".formatted(arguments.topics().raw()), "]}"));
  }

  private long mostRecords() {
    return Math.max(1, arguments.maxRecords() / count);
  }

  /** The sources of the query that began the checkpoint; 0 before its first batch. */
  private static int begun(SparkSession spark, String checkpoint) {
    Path offsets = new Path(checkpoint, "offsets");
    try {
      FileSystem files = offsets.getFileSystem(spark.sparkContext().hadoopConfiguration());
      for (FileStatus file : files.listStatus(offsets)) {
        if (file.getPath().getName().matches("\\d+")) {
          return sources(files, file);
        }
      }
      return 0;
    } catch (FileNotFoundException e) {
      return 0;
    } catch (IOException e) {
      throw new StartException(
          "--checkpoint=%s cannot be read: %s".formatted(checkpoint, e.getMessage()), e);
    }
  }

  /** A version, a line about the batch, and a line a source. */
  private static int sources(FileSystem files, FileStatus file) throws IOException {
    try (var in = files.open(file.getPath())) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return (int) text.lines().count() - 2;
    }
  }
}
