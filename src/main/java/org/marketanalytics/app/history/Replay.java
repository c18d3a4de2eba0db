package org.marketanalytics.app.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.kafka.common.KafkaException;
import org.marketanalytics.app.DeadLetter;
import org.marketanalytics.app.OneLine;
import org.marketanalytics.app.history.Position.Mark;
import org.marketanalytics.app.ingest.Beats;
import org.marketanalytics.app.ingest.PartitionCount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bean of the replay route: {@link #open} a file, then {@link #next} and {@link #taken} until
 * there is no more, then {@link #end}; {@link #idle} and {@link #closed} when there is no file.
 *
 * <p>A file may be sorted by symbol, so its times go back again and again. Heartbeats hold the
 * watermark of the replay at the least time of the file while it is played.
 */
public final class Replay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

  /** Variable: the file that is being played. */
  private static final String FILE = "replay";

  /** Variable: whether the file has more lines. */
  private static final String MORE = "more";

  /** A bar is final when its end is older than the lateness, by default two minutes. */
  private static final long CLOSING_MILLIS = Duration.ofMinutes(3).toMillis();

  private final Counter records;
  private final Beats beats;
  private final Position position;
  private final String speed;
  private Extent extent;
  private Mark mark = Mark.NONE;
  private boolean closed;

  /**
   * A replay onto a topic.
   *
   * @param kafka configuration of a client
   * @param speed max, or how many times as fast as it was
   */
  public Replay(MeterRegistry meters, Map<String, Object> kafka, String topic, String speed) {
    this.records =
        Counter.builder("market.replay.records")
            .description("events out of files that are on the raw topic")
            .register(meters);
    this.beats = new Beats(new PartitionCount(kafka, topic), "replay");
    this.position = new Position(kafka, topic);
    this.speed = speed;
  }

  /** Replaces the file by the heartbeats that go before its events. */
  public void open(Exchange exchange) {
    String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
    Path path = exchange.getMessage().getBody(File.class).toPath();
    String file = Mark.file(name, path.toFile().length());
    Mark last = position.read();
    long done = last.file().equals(file) ? last.line() : 0;
    extent = Extent.of(path);
    mark = new Mark(done, extent.greatestMillis(), file);
    closed = false;
    LOG.info(
        "replay begins file={} from={} to={} lines_done={} speed={}",
        name,
        extent.leastMillis(),
        extent.greatestMillis(),
        done,
        speed);
    PlayedFile played =
        new PlayedFile(exchange.getContext(), path, name, new Pace(speed, System.nanoTime()), done);
    exchange.getExchangeExtension().addOnCompletion(new CloseFile(played));
    exchange.setVariable(FILE, played);
    exchange.setVariable(MORE, played.more());
    exchange
        .getMessage()
        .setBody(
            extent.isEmpty()
                ? List.of()
                : beats(exchange, extent.leastMillis(), OptionalLong.of(extent.leastMillis())));
  }

  /** Replaces the body by the next records, and sets what is refused. */
  public void next(Exchange exchange) {
    PlayedFile file = exchange.getVariable(FILE, PlayedFile.class);
    if (exchange.getContext().isStopping() || Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("the application stops");
    }
    PlayedFile.Batch batch = file.next();
    exchange.getMessage().setBody(batch.records());
    exchange.setVariable(DeadLetter.REFUSED, batch.refused().isEmpty() ? null : batch.refused());
    exchange.setVariable(MORE, file.more());
    exchange.setVariable("records", batch.records().size());
  }

  /** Kafka has the records and the dead letters. */
  public void taken(Exchange exchange) {
    PlayedFile file = exchange.getVariable(FILE, PlayedFile.class);
    if (file.line() > mark.line()) {
      mark = new Mark(file.line(), mark.greatestMillis(), mark.file());
      position.write(mark);
    }
    records.increment(exchange.getVariable("records", 0, Integer.class));
  }

  /** Replaces the body by the heartbeats that go after the events of the file. */
  public void end(Exchange exchange) {
    PlayedFile file = exchange.getVariable(FILE, PlayedFile.class);
    LOG.info(
        "replay ended file={} lines={} refused={}",
        exchange.getMessage().getHeader(Exchange.FILE_NAME),
        file.line(),
        file.refusedLines());
    exchange
        .getMessage()
        .setBody(
            extent.isEmpty()
                ? List.of()
                : beats(exchange, extent.greatestMillis(), OptionalLong.empty()));
  }

  /**
   * There is no file: the first time after one, the body is the heartbeats that make its last bars
   * final; otherwise it is empty.
   */
  public void idle(Exchange exchange) {
    List<Message> beats = List.of();
    if (!closed) {
      try {
        mark = position.read();
        closed = mark.greatestMillis() == Long.MIN_VALUE;
        if (!closed) {
          beats = beats(exchange, mark.greatestMillis() + CLOSING_MILLIS, OptionalLong.empty());
        }
      } catch (KafkaException | IllegalStateException e) {
        LOG.debug("the position is not known yet", e);
      }
    }
    exchange.getMessage().setBody(beats);
  }

  /** Kafka has the heartbeats that {@link #idle} made. */
  public void closed(Exchange exchange) {
    position.write(Mark.NONE);
    closed = true;
    LOG.info("replay has no more files last_time={}", mark.greatestMillis());
  }

  /** Says why a file is not finished; it is read again, from the line after the last one taken. */
  public void interrupted(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    LOG.warn(
        "replay interrupted file={} lines_done={} cause={}",
        exchange.getMessage().getHeader(Exchange.FILE_NAME),
        mark.line(),
        cause == null ? "unknown" : OneLine.of(OneLine.root(cause)));
  }

  @Override
  public void close() {
    position.close();
  }

  private List<Message> beats(Exchange exchange, long millis, OptionalLong complete) {
    return beats.at(exchange.getContext(), System.currentTimeMillis(), millis, complete);
  }

  /** However the file ends. */
  private static final class CloseFile extends SynchronizationAdapter {
    private final PlayedFile file;

    CloseFile(PlayedFile file) {
      this.file = file;
    }

    @Override
    public void onDone(Exchange exchange) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
