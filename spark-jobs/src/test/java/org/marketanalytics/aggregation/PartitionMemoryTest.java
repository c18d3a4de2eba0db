package org.marketanalytics.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class PartitionMemoryTest {
  private static final Settings SETTINGS =
      new Settings(Input.AGGREGATES, Duration.ofSeconds(5), Duration.ofMinutes(2));

  private final Store store = new Store();
  private final Tables tables = new Tables();
  private PartitionMemory memory = new PartitionMemory();
  private Progress progress = Progress.START;
  private long offset;

  @Test
  void readsNothingFromTheStoreWhileTheSecondsFollowEachOther() {
    for (int second = 0; second < 300; second++) {
      batch(second);
    }

    assertThat(store.scans).isZero();
    assertThat(store.loads).as("minutes that become final").hasSizeLessThan(5);
    assertThat(tables.averages).hasSize(60);
  }

  @Test
  void isFilledFromTheStoreWhenItIsNotOfTheBatchBefore() {
    batch(0);
    PartitionMemory stale = memory;
    batch(1);
    memory = new PartitionMemory();
    batch(2);
    assertThat(store.scans).isEqualTo(1);

    memory = stale;
    progress = Progress.decode(progress.encode(SETTINGS), SETTINGS);
    batch(3);
    memory = new PartitionMemory();
    batch(4);

    assertThat(tables.bars.values()).singleElement().extracting(Bar::seconds).isEqualTo(5);
  }

  @Test
  void isFilledAnewAfterABatchThatWasNotFlushed() {
    batch(0);
    PartitionAggregation broken =
        new PartitionAggregation(SETTINGS, memory, progress, store, tables);
    broken.accept(record(59, 99));

    batch(1);

    assertThat(store.scans).isEqualTo(1);
    assertThat(tables.bars.values()).singleElement().extracting(Bar::seconds).isEqualTo(2);
  }

  @Test
  void forgetsWhatTheStoreForgets() {
    batch(0);
    batch(10_000);

    assertThat(store.size()).isZero();
    assertThat(store.entries()).as("that of the second batch").hasSize(1);
    assertThat(memory.all()).singleElement().extracting(SymbolMinutes::size).isEqualTo(1);
  }

  @Test
  void saysWhenTheStoreHasLostAMinute() {
    batch(0);
    batch(121);
    store.remove("AAPL", Log.START);

    assertThatThrownBy(() -> batch(30))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the state has no longer the minute of AAPL that starts at %d: the checkpoint is damaged, use a new one"
                .formatted(Log.START));
  }

  private void batch(int second) {
    PartitionAggregation aggregation =
        new PartitionAggregation(SETTINGS, memory, progress, store, tables);
    aggregation.accept(record(second, offset++));
    progress = aggregation.flush();
  }

  private static LogRecord record(int second, long offset) {
    long start = Log.START + second * Second.MILLIS;
    String json =
        """
        {"ev":"A","sym":"AAPL","v":1,"vw":10,"o":10,"c":10,"h":10,"l":10,"z":1,"s":%d,"e":%d}"""
            .formatted(start, start + Second.MILLIS);
    return Log.record(offset, start + 200_000, "A", json);
  }

  /** Notes what is asked of it. */
  private static final class Store implements MinuteStore {
    private final MemoryMinutes minutes = new MemoryMinutes();
    private final List<Long> loads = new ArrayList<>();
    private int scans;

    int size() {
      return minutes.size();
    }

    @Override
    public byte[] load(String symbol, long startMillis) {
      loads.add(startMillis);
      return minutes.load(symbol, startMillis);
    }

    @Override
    public void save(String symbol, long startMillis, byte[] minute) {
      minutes.save(symbol, startMillis, minute);
    }

    @Override
    public void remove(String symbol, long startMillis) {
      minutes.remove(symbol, startMillis);
    }

    @Override
    public void forEach(Visitor visitor) {
      scans++;
      minutes.forEach(visitor);
    }

    @Override
    public void saveEntry(long number, byte[] entry) {
      minutes.saveEntry(number, entry);
    }

    @Override
    public void removeEntry(long number) {
      minutes.removeEntry(number);
    }

    SortedMap<Long, byte[]> entries() {
      return minutes.entries();
    }
  }
}
