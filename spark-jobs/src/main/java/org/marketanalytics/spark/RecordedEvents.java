package org.marketanalytics.spark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;
import org.apache.kafka.common.utils.Utils;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/** The events of one file, as they are asked for: rows of {@link RecordedFiles#PLACED}. */
final class RecordedEvents implements Iterator<Row> {
  /** Longest line (bytes) that is held; the rest of a longer one is passed over. */
  private static final int MOST_BYTES = 64 << 20;

  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private final int file;
  private final String name;
  private final int partitions;
  private final long startMillis;
  private LineReader lines;
  private final Text line = new Text();
  private final RecordedLine splitter = new RecordedLine();
  private final Deque<Row> events = new ArrayDeque<>();
  private long lineNumber;
  private boolean ended;

  RecordedEvents(int file, String name, int partitions, long startMillis) {
    this.file = file;
    this.name = name;
    this.partitions = partitions;
    this.startMillis = startMillis;
    TaskContext task = TaskContext.get();
    if (task != null) {
      TaskCompletionListener closing = context -> close();
      task.addTaskCompletionListener(closing);
    }
  }

  @Override
  public boolean hasNext() {
    while (events.isEmpty() && !ended) {
      readLine();
    }
    return !events.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all events of the file were taken");
    }
    return events.remove();
  }

  private void readLine() {
    try {
      if (lines == null) {
        lines = new LineReader(open(name));
      }
      ended = lines.readLine(line, MOST_BYTES) == 0;
    } catch (EOFException e) {
      ended = true;
      lineNumber++;
      byte[] rest = Arrays.copyOf(line.getBytes(), line.getLength());
      add(new RecordedLine.Part(null, null, 0, rest), "the file ends inside a gzip part");
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException(
              "%s cannot be read after line %d: %s".formatted(name, lineNumber, e.getMessage()),
              e));
    }
    if (!ended) {
      lineNumber++;
      splitter.split(line.getBytes(), line.getLength()).forEach(part -> add(part, null));
    }
  }

  /** Adds an event; {@code fault} is what a dead letter says of it, or null. */
  private void add(RecordedLine.Part part, String fault) {
    int partition =
        part.symbol() == null ? 0 : Utils.toPositive(Utils.murmur2(part.symbol())) % partitions;
    long received = Math.min(part.endMillis(), startMillis); // at its end, but not after now
    events.add(
        RowFactory.create(
            Lanes.keyOf(partition, "replay"),
            partition,
            0L,
            -1L,
            received,
            part.ev(),
            part.symbol(),
            part.json(),
            file,
            lineNumber,
            events.size(),
            fault));
  }

  private static InputStream open(String name) throws IOException {
    Path path = new Path(name);
    InputStream raw =
        new BufferedInputStream(path.getFileSystem(new Configuration()).open(path), 1 << 16);
    raw.mark(2);
    boolean gzip = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
    raw.reset();
    return gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
  }

  private void close() {
    try {
      if (lines != null) {
        lines.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
