package org.marketanalytics.aggregation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One batch of one partition's records: takes them in offset order, then writes what changed.
 *
 * <p>The clock is the greatest event end accepted so far, never past the time the record was
 * received: one event with a date ahead must not make what others send on time too late. A record
 * that does not tell when it was received does not move it. An average is written once the clock
 * has reached its slide point, and again when a late second changes it. A second may lie ahead of
 * the clock; its averages become due as those of any other.
 *
 * <p>The watermark follows the clock as long as the log is complete: after an interruption a
 * heartbeat says up to where it is, and until one says that the missing events have been fetched,
 * the watermark stays there. A second that ended at or before the watermark minus the lateness is
 * too late; the bar of a minute is final once the watermark has reached the minute's end plus the
 * lateness. All of this depends on the records before and not on the batch, so any cut of the log
 * into batches ends in the same rows.
 *
 * <p>The cost follows the rows: minutes stay decoded in memory as long as seconds are likely to
 * come, and symbols that a batch does not touch are looked through only when the clock passed a
 * slide point or the end of a minute, or a minute became final.
 */
public final class PartitionAggregation {
  private final Settings settings;
  private final PartitionMemory memory;
  private final MinuteStore store;
  private final Output output;
  private final EventReader reader;
  private final MinuteCodec codec;
  private final long clockBefore;
  private final long watermarkBefore;
  private final List<SymbolMinutes> touched = new ArrayList<>();
  private final Window window = new Window();
  private Iterator<SymbolMinutes> unwritten;
  private boolean boundary;
  private long clock;
  private long watermark;
  private long complete;
  private long lastOffset;
  private long accepted;
  private long ignored;
  private long repeated;

  /**
   * Starts a batch.
   *
   * @param memory of the batches before; it serves no other until this one is flushed
   * @param progress where the batch before ended, as the store has it
   */
  public PartitionAggregation(
      Settings settings,
      PartitionMemory memory,
      Progress progress,
      MinuteStore store,
      Output output) {
    this.settings = settings;
    this.memory = memory;
    this.store = store;
    this.output = output;
    this.reader = new EventReader(settings.input());
    this.codec = new MinuteCodec(settings.input());
    this.clockBefore = progress.clockMillis();
    this.clock = progress.clockMillis();
    this.watermarkBefore = progress.watermarkMillis();
    this.watermark = progress.watermarkMillis();
    this.complete = progress.completeMillis();
    this.lastOffset = progress.lastOffset();
    memory.take(progress, store, codec);
  }

  /**
   * Takes the next record of the partition. One that was read before is passed over; one that
   * cannot be used goes to the dead letters.
   */
  public void accept(LogRecord record) {
    if (record.offset() <= lastOffset) {
      repeated++;
      return;
    }
    lastOffset = record.offset();
    try {
      take(reader.read(record), record);
    } catch (Rejection rejection) {
      output.deadLetter(record, rejection.reason(), rejection.getMessage());
    }
  }

  /** Ends the batch with all that {@link #writeNext} and {@link #end} do. */
  public Progress flush() {
    boolean more = writeNext();
    while (more) {
      more = writeNext();
    }
    return end();
  }

  /**
   * Writes every row of one symbol more that changed or became due, and keeps its state. From the
   * first call on nothing may be accepted.
   *
   * @return false when there was no symbol left
   */
  public boolean writeNext() {
    if (unwritten == null) {
      boundary = passedBoundary();
      unwritten = (boundary ? memory.all() : touched).iterator();
    }
    if (!unwritten.hasNext()) {
      return false;
    }
    SymbolMinutes symbol = unwritten.next();
    if (boundary) {
      loadDue(symbol);
    }
    writeBars(symbol);
    writeAverages(symbol);
    save(symbol);
    return true;
  }

  /** Ends the batch, when all is written: keeps what is to be known of it. */
  public Progress end() {
    touched.forEach(SymbolMinutes::rest);
    touched.clear();
    memory.journal().end(lastOffset, clock, store);
    Progress progress = new Progress(clock, watermark, complete, lastOffset);
    memory.keep(progress);
    return progress;
  }

  /** What became of the records so far that are no dead letters. */
  public Tally tally() {
    return new Tally(accepted, ignored, repeated);
  }

  private void take(Event event, LogRecord record) throws Rejection {
    if (event instanceof Ignored) {
      ignored++;
      return;
    }
    long received = record.receivedOr(event.endMillis());
    requireNotInTheFuture(event, received);
    if (event instanceof Second second) {
      requireInTime(second.startMillis());
      minute(second.symbol(), second.startMillis()).put(second, received);
    } else if (event instanceof Trade trade) {
      requireInTime(trade.secondMillis());
      if (trade.counts() != SaleConditions.Effect.NOTHING) {
        minute(trade.symbol(), trade.secondMillis()).merge(trade, received);
      }
    } else if (event instanceof Heartbeat heartbeat && record.tellsTime()) {
      complete = heartbeat.completeMillis();
    }
    accepted++;
    if (record.tellsTime()) {
      clock = Math.max(clock, Math.min(event.endMillis(), received));
      watermark = Math.max(watermark, Math.min(clock, complete));
    }
  }

  private void requireNotInTheFuture(Event event, long received) throws Rejection {
    if (event.endMillis() - settings.latenessMillis() > received) {
      throw new Rejection(
          Reason.IN_THE_FUTURE,
          "the event ends at %d, %d ms after it was received; at most %d ms are taken"
              .formatted(
                  event.endMillis(), event.endMillis() - received, settings.latenessMillis()));
    }
  }

  private void requireInTime(long secondMillis) throws Rejection {
    long end = secondMillis + Second.MILLIS;
    if (end + settings.latenessMillis() <= watermark) {
      throw new Rejection(
          Reason.TOO_LATE,
          "the second ended at %d, %d ms before the partition's watermark; it must be less than %d ms"
              .formatted(end, watermark - end, settings.latenessMillis()));
    }
  }

  private Minute minute(String symbol, long millis) {
    SymbolMinutes minutes = memory.minutes(symbol);
    if (minutes.touch()) {
      touched.add(minutes);
    }
    return minutes.findOrCreate(Minute.startOf(millis), store, codec);
  }

  /** Whether symbols that this batch did not touch may have something due. */
  private boolean passedBoundary() {
    if (clockBefore == Progress.NOT_STARTED) {
      return clock != Progress.NOT_STARTED;
    }
    long lateness = settings.latenessMillis();
    return clock / settings.slideMillis() > clockBefore / settings.slideMillis()
        || clock / Minute.MILLIS > clockBefore / Minute.MILLIS // minutes are saved whole
        || Math.floorDiv(watermark - lateness, Minute.MILLIS)
            > Math.floorDiv(watermarkBefore - lateness, Minute.MILLIS);
  }

  private void loadDue(SymbolMinutes symbol) {
    for (int i = 0; i < symbol.size(); i++) {
      long start = symbol.startMillis(i);
      // windows with seconds of this minute end after its start and within two minutes of it;
      // the minute itself may have come long before the clock did
      boolean inNewWindow = start + 2 * Minute.MILLIS > clockBefore && start < clock;
      if (inNewWindow || becomesFinal(start)) {
        symbol.load(i, store, codec);
      }
    }
  }

  private boolean isFinal(long startMillis) {
    return startMillis + Minute.MILLIS + settings.latenessMillis() <= watermark;
  }

  private boolean becomesFinal(long startMillis) {
    return isFinal(startMillis)
        && startMillis + Minute.MILLIS + settings.latenessMillis() > watermarkBefore;
  }

  /** Whether no window that a second could still change reaches into this minute. */
  private boolean isForgotten(long startMillis) {
    return startMillis + 2 * Minute.MILLIS + settings.latenessMillis() <= watermark;
  }

  private void writeBars(SymbolMinutes symbol) {
    for (int i = 0; i < symbol.size(); i++) {
      Minute minute = symbol.decoded(i);
      if (minute != null && (minute.changed() != 0 || becomesFinal(minute.startMillis()))) {
        Bar bar = minute.bar(symbol.symbol(), isFinal(minute.startMillis()));
        if (bar != null) {
          output.bar(bar);
        }
      }
    }
  }

  /**
   * Every slide point up to the clock whose window reaches into a minute that changed or is due:
   * those of the minute and of the one after it.
   */
  private void writeAverages(SymbolMinutes symbol) {
    long done = Long.MIN_VALUE;
    for (int i = 0; i < symbol.size(); i++) {
      if (symbol.decoded(i) == null) {
        continue;
      }
      long start = symbol.startMillis(i);
      if (start > done) {
        writeAverages(symbol, start);
      }
      done = start + Minute.MILLIS;
      writeAverages(symbol, done);
    }
  }

  /**
   * The slide points of one minute, its start included; the windows hold seconds of it and of the
   * minute before.
   */
  private void writeAverages(SymbolMinutes symbol, long startMillis) {
    long changedBefore = symbol.changed(startMillis - Minute.MILLIS);
    long changed = symbol.changed(startMillis);
    long from =
        (changedBefore | changed) != 0 ? startMillis : Math.max(startMillis, clockBefore + 1);
    long last = Math.min(clock, startMillis + Minute.MILLIS - 1);
    long slide = settings.slideMillis();
    for (long point = (from + slide - 1) / slide * slide; point <= last; point += slide) {
      long upTo = Minute.secondsBefore((int) ((point - startMillis) / Second.MILLIS));
      boolean isNew = point > clockBefore;
      if (isNew || (changedBefore & ~upTo) != 0 || (changed & upTo) != 0) {
        writeAverage(symbol, point, startMillis, upTo);
      }
    }
  }

  private void writeAverage(SymbolMinutes symbol, long point, long startMillis, long upTo) {
    window.clear();
    addTo(window, symbol.find(startMillis - Minute.MILLIS, store, codec), ~upTo);
    addTo(window, symbol.find(startMillis, store, codec), upTo);
    if (!window.isEmpty()) {
      output.average(window.average(symbol.symbol(), point));
    }
  }

  private static void addTo(Window window, Minute minute, long seconds) {
    if (minute != null) {
      minute.addTo(window, seconds);
    }
  }

  private void save(SymbolMinutes symbol) {
    for (int i = symbol.size() - 1; i >= 0; i--) {
      long start = symbol.startMillis(i);
      Minute minute = symbol.decoded(i);
      if (isForgotten(start)) {
        store.remove(symbol.symbol(), start);
        symbol.drop(i);
      } else if (minute != null) {
        save(symbol, minute);
        if (minute.present() == 0) {
          symbol.drop(i); // what it was made for was refused
        } else if (Journal.isBehind(start, clock)) {
          symbol.unload(i); // no new window reaches into it
        }
      }
    }
  }

  private void save(SymbolMinutes symbol, Minute minute) {
    long start = minute.startMillis();
    if (Journal.isOf(start, clock)) {
      if (minute.changed() != 0) {
        memory.journal().add(symbol.symbol(), minute);
        minute.journaled();
      }
    } else if (minute.isUnsaved()) {
      store.save(symbol.symbol(), start, codec.encode(minute, !isFinal(start)));
      minute.saved();
    }
  }
}
