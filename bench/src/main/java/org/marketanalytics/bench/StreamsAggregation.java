package org.marketanalytics.bench;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.marketanalytics.aggregation.MinuteStore;
import org.marketanalytics.aggregation.PartitionAggregation;
import org.marketanalytics.aggregation.PartitionMemory;
import org.marketanalytics.aggregation.Progress;

/** One partition in Kafka Streams: a batch of records, then its rows and its state. */
final class StreamsAggregation implements Processor<byte[], byte[], byte[], byte[]> {

  static final String MINUTES = "minutes";
  static final String PROGRESS = "progress";
  private static final char SEPARATOR = '|';

  private final StreamsRun.Counts counts;
  private final int batch;
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<String, byte[]> minutes;
  private KeyValueStore<String, byte[]> progress;
  private PartitionAggregation aggregation;
  private final PartitionMemory memory = new PartitionMemory();
  private int taken;

  StreamsAggregation(StreamsRun.Counts counts, int batch) {
    this.counts = counts;
    this.batch = batch;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    minutes = context.getStateStore(MINUTES);
    progress = context.getStateStore(PROGRESS);
    aggregation = next(Progress.decode(progress.get(PROGRESS), Aggregation.SETTINGS));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    long offset = context.recordMetadata().orElseThrow().offset();
    aggregation.accept(
        Aggregation.record(offset, record.timestamp(), record.headers(), record.value()));
    if (++taken == batch) {
      flush();
    }
  }

  private void flush() {
    Progress reached = aggregation.flush();
    progress.put(PROGRESS, reached.encode(Aggregation.SETTINGS));
    aggregation = next(reached);
    counts.flushed.addAndGet(taken);
    taken = 0;
  }

  private PartitionAggregation next(Progress from) {
    return new PartitionAggregation(
        Aggregation.SETTINGS,
        memory,
        from,
        new Minutes(minutes, progress),
        Aggregation.to(this::forward));
  }

  private void forward(byte[] key, byte[] type, byte[] value) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Aggregation.TYPE, type);
    counts.rows.incrementAndGet();
    context.forward(new Record<>(key, value, context.currentSystemTimeMs(), headers));
  }

  /** The journal's entries lie beside the progress. */
  private record Minutes(KeyValueStore<String, byte[]> store, KeyValueStore<String, byte[]> beside)
      implements MinuteStore {

    @Override
    public byte[] load(String symbol, long startMillis) {
      return store.get(key(symbol, startMillis));
    }

    @Override
    public void save(String symbol, long startMillis, byte[] minute) {
      store.put(key(symbol, startMillis), minute);
    }

    @Override
    public void remove(String symbol, long startMillis) {
      store.delete(key(symbol, startMillis));
    }

    @Override
    public void forEach(Visitor visitor) {
      try (KeyValueIterator<String, byte[]> all = store.all()) {
        while (all.hasNext()) {
          KeyValue<String, byte[]> entry = all.next();
          int end = entry.key.lastIndexOf(SEPARATOR);
          long startMillis = Long.parseLong(entry.key.substring(end + 1));
          visitor.minute(entry.key.substring(0, end), startMillis, entry.value);
        }
      }
      try (KeyValueIterator<String, byte[]> all = beside.all()) {
        while (all.hasNext()) {
          KeyValue<String, byte[]> entry = all.next();
          if (!entry.key.equals(PROGRESS)) {
            visitor.entry(Long.parseLong(entry.key), entry.value);
          }
        }
      }
    }

    @Override
    public void saveEntry(long number, byte[] entry) {
      beside.put(Long.toString(number), entry);
    }

    @Override
    public void removeEntry(long number) {
      beside.delete(Long.toString(number));
    }

    private static String key(String symbol, long startMillis) {
      return symbol + SEPARATOR + startMillis;
    }
  }
}
