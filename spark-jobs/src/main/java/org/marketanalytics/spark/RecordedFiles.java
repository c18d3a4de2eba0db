package org.marketanalytics.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.marketanalytics.aggregation.LogRecord;
import org.marketanalytics.aggregation.Progress;
import org.marketanalytics.aggregation.Reason;
import org.marketanalytics.aggregation.Settings;

/**
 * Aggregates recorded events as the raw topic's would be: each symbol in the partition that Kafka
 * would put it in, in the order of the files' names, lines, and places in a line.
 *
 * <p>A file is read by one task, so that every event knows its line, and a gzip file is no special
 * case; the partitions are then aggregated side by side.
 */
final class RecordedFiles {
  /** Rows of {@link Rows#IN}, where each event stood, and what is wrong with the file there. */
  static final StructType PLACED =
      Rows.IN
          .add("file", IntegerType)
          .add("line", LongType)
          .add("place", IntegerType)
          .add("fault", StringType);

  private static final int FILE = Rows.IN.size();

  private final Settings settings;
  private final Topics topics;
  private final int partitions;
  private final long startMillis;

  /**
   * Prepares a run.
   *
   * @param partitions of the topic that is stood in for
   * @param start of the run: when the newest event can have been received
   */
  RecordedFiles(Settings settings, Topics topics, int partitions, Instant start) {
    this.settings = settings;
    this.topics = topics;
    this.partitions = partitions;
    this.startMillis = start.toEpochMilli();
  }

  /**
   * The files that these paths name, by name; hidden ones and folders in folders are left out.
   *
   * @throws StartException naming a path that names no file, or cannot be read
   */
  static List<String> find(List<String> paths) {
    List<Path> files = new ArrayList<>();
    for (String text : paths) {
      int before = files.size();
      try {
        Path path = new Path(text);
        FileSystem system = path.getFileSystem(new Configuration());
        FileStatus[] matches = system.globStatus(path);
        for (FileStatus match : matches == null ? new FileStatus[0] : matches) {
          for (FileStatus file : system.listStatus(match.getPath())) {
            String name = file.getPath().getName();
            if (file.isFile() && !name.startsWith(".") && !name.startsWith("_")) {
              files.add(file.getPath());
            }
          }
        }
      } catch (IOException | IllegalArgumentException e) {
        throw new StartException("--files=%s cannot be read: %s".formatted(text, e), e);
      }
      if (files.size() == before) {
        throw new StartException("--files=%s names no file".formatted(text), null);
      }
    }
    return files.stream()
        .distinct()
        .sorted(Comparator.comparing(Path::getName).thenComparing(Path::toString))
        .map(Path::toString)
        .toList();
  }

  /** Packs for {@link PackSink}; all bars are final. */
  Dataset<Row> aggregate(SparkSession spark, List<String> files) {
    FlatMapGroupsFunction<Integer, Row, Row> replay = replay(settings, topics, files);
    return events(spark, files)
        .groupBy(col("lane"))
        .as(Encoders.INT(), Encoders.row(PLACED))
        .flatMapSortedGroups(
            new Column[] {col("file"), col("line"), col("place")},
            replay,
            Encoders.row(PackSink.PACK));
  }

  private Dataset<Row> events(SparkSession spark, List<String> files) {
    int lanes = partitions;
    long received = startMillis;
    FlatMapFunction<Integer, Row> read =
        file -> new RecordedEvents(file, files.get(file), lanes, received);
    List<Integer> numbers = IntStream.range(0, files.size()).boxed().toList();
    return spark
        .createDataset(numbers, Encoders.INT())
        .repartition(files.size(), col("value"))
        .flatMap(read, Encoders.row(PLACED));
  }

  private static FlatMapGroupsFunction<Integer, Row, Row> replay(
      Settings settings, Topics topics, List<String> files) {
    return (lane, events) -> {
      Deque<Row> rows = LaneReplay.noRows();
      return new LaneReplay(
          settings, new Numbered(events), rows, new Target(settings, topics, files, rows));
    };
  }

  /** Gives the events of a partition offsets in their order. */
  private static final class Numbered implements Iterator<Row> {
    private final Iterator<Row> events;
    private long offset;

    Numbered(Iterator<Row> events) {
      this.events = events;
    }

    @Override
    public boolean hasNext() {
      return events.hasNext();
    }

    @Override
    public Row next() {
      return Rows.withOffset(events.next(), offset++);
    }
  }

  private static final class Target extends PackedOutput implements LaneReplay.Target {
    private final Settings settings;
    private final List<String> files;
    private Row current;

    Target(Settings settings, Topics topics, List<String> files, Deque<Row> rows) {
      super(topics, pack -> rows.add(RowFactory.create((Object) pack)));
      this.settings = settings;
      this.files = files;
    }

    @Override
    public void reading(Row record) {
      current = record;
    }

    @Override
    public void deadLetter(LogRecord record, Reason reason, String error) {
      String fault = current.getString(FILE + 3);
      String placed =
          "%s line %d: %s"
              .formatted(
                  files.get(current.getInt(FILE)),
                  current.getLong(FILE + 1),
                  fault == null ? error : fault);
      deadLetter(Rows.key(current), record.value(), reason, placed);
    }

    /** Moves the clock so far that every bar is final, also one that lay ahead of the clock. */
    @Override
    public LogRecord closing(Progress progress) {
      if (progress.clockMillis() == Progress.NOT_STARTED) {
        return null;
      }
      long end = progress.clockMillis() + 2 * settings.lateness().toMillis() + 120_000;
      byte[] beat =
          "{\"ev\":\"heartbeat\",\"t\":%d}".formatted(end).getBytes(StandardCharsets.UTF_8);
      return new LogRecord(progress.lastOffset() + 1, end, end, null, beat);
    }

    @Override
    public void ended(Progress progress) {
      end();
    }
  }
}
