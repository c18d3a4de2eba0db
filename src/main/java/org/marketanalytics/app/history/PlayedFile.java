package org.marketanalytics.app.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.marketanalytics.app.DeadLetter;
import org.marketanalytics.app.OneLine;
import org.marketanalytics.app.ingest.Admission;
import org.marketanalytics.app.ingest.RawRecord;

/** A file that is being replayed, a batch of lines at a time. */
final class PlayedFile implements Closeable {
  private static final byte[] REPLAY = "replay".getBytes(UTF_8);
  private static final int BATCH_LINES = 2_000;
  private static final int BATCH_BYTES = 4 * 1024 * 1024;

  /** So long a wait is cut, so that whoever stops the route is noticed. */
  private static final Duration GLANCE = Duration.ofMillis(200);

  private final CamelContext context;
  private final Path path;
  private final byte[] name;
  private final Pace pace;
  private final long doneLine;
  private Lines lines;
  private LineReader reader;

  /** A line that is read, but not due yet. */
  private Batch ahead;

  private long dueNanos;
  private long line;
  private boolean over;
  private long refusedLines;

  /**
   * The parts of some lines.
   *
   * @param records for the raw topic
   * @param refused for the dead-letter topic
   */
  record Batch(List<Message> records, List<Message> refused) {
    private static Batch empty() {
      return new Batch(new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * A file from a line on.
   *
   * @param doneLine the last line that is not read again, 0 for none
   */
  PlayedFile(CamelContext context, Path path, String name, Pace pace, long doneLine) {
    this.context = context;
    this.path = path;
    this.name = name.getBytes(UTF_8);
    this.pace = pace;
    this.doneLine = doneLine;
  }

  /** Whether there is more to come. */
  boolean more() {
    return !over;
  }

  /** The last line that was handed out, or passed over. */
  long line() {
    return ahead == null ? line : line - 1;
  }

  long refusedLines() {
    return refusedLines;
  }

  /** The next lines that are due; empty when none is for the moment. */
  Batch next() {
    Batch batch = Batch.empty();
    long bytes = 0;
    byte[] received = Long.toString(System.currentTimeMillis()).getBytes(UTF_8);
    for (int count = 0; count < BATCH_LINES && bytes < BATCH_BYTES && !over; count++) {
      if (ahead == null) {
        Parts parts = read(received);
        if (parts == null) {
          over = true;
          break;
        }
        bytes += parts.bytes;
        ahead = parts.batch;
        dueNanos = parts.millis < 0 ? Long.MIN_VALUE : pace.dueNanos(parts.millis);
      }
      if (dueNanos != Long.MIN_VALUE && dueNanos - System.nanoTime() > 0) {
        awaitDue(batch);
        break;
      }
      batch.records.addAll(ahead.records);
      batch.refused.addAll(ahead.refused);
      ahead = null;
    }
    return batch;
  }

  /** Waits a moment, unless something is at hand. */
  private void awaitDue(Batch batch) {
    if (batch.records.isEmpty() && batch.refused.isEmpty()) {
      LockSupport.parkNanos(Math.min(dueNanos - System.nanoTime(), GLANCE.toNanos()));
    }
  }

  /** The next line; null when there is none. */
  private Parts read(byte[] received) {
    Parts parts = new Parts(received);
    try {
      if (lines == null) {
        open();
      }
      byte[] text = lines.next();
      while (text != null && lines.number() <= doneLine) {
        text = lines.next();
      }
      if (text == null) {
        line = Math.max(doneLine, lines.number());
        return null;
      }
      line = lines.number();
      reader.read(text, parts);
      parts.bytes = text.length;
      return parts;
    } catch (IOException e) {
      over = true;
      parts.refused(
          new byte[0],
          "unreadable-file",
          "the file cannot be read after line %d: %s".formatted(line, OneLine.of(e)));
      return parts;
    }
  }

  private void open() throws IOException {
    lines = new Lines(path);
    reader = LineReader.of(path, lines);
  }

  @Override
  public void close() throws IOException {
    if (lines != null) {
      lines.close();
    }
  }

  /** What is in one line. */
  private final class Parts implements LineReader.Visitor {
    private final byte[] received;
    private final Batch batch = Batch.empty();
    private long millis = -1;
    private int bytes;

    Parts(byte[] received) {
      this.received = received;
    }

    @Override
    public void event(String ev, String symbol, long timeMillis, byte[] value) {
      Admission problem =
          Admission.problem(ev, symbol, timeMillis, System.currentTimeMillis(), value.length);
      if (problem != null) {
        refused(value, problem.reason(), problem.error());
        return;
      }
      millis = Math.max(millis, timeMillis);
      Map<String, Object> headers = RawRecord.headers(ev.getBytes(UTF_8), received, REPLAY);
      headers.put("file", name);
      headers.put("line", lineNumber());
      batch.records.add(
          RawRecord.event(context, symbol.getBytes(UTF_8), headers, timeMillis, value));
    }

    @Override
    public void refused(byte[] part, String reason, String error) {
      refusedLines++;
      Message letter = DeadLetter.of(context, null, part, reason, error);
      letter.setHeader("file", name);
      letter.setHeader("line", lineNumber());
      batch.refused.add(letter);
    }

    private byte[] lineNumber() {
      return Long.toString(line).getBytes(UTF_8);
    }
  }
}
