package org.marketanalytics.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final Settings SETTINGS =
      new Settings(Input.AGGREGATES, Duration.ofSeconds(5), Duration.ofMinutes(2));

  private final MemoryMinutes store = new MemoryMinutes();
  private final Tables tables = new Tables();
  private PartitionMemory memory = new PartitionMemory();
  private Progress progress = Progress.START;
  private long offset;

  @Test
  void writesASecondOnceAndItsMinuteWhenTheClockHasLeftItBehind() {
    List<Integer> sizes = new ArrayList<>();
    for (int second = 0; second < 119; second++) {
      batch(second, 10);
      sizes.add(store.entries().get(store.entries().lastKey()).length);
    }
    assertThat(sizes).as("bytes of an entry").allMatch(size -> size < 60);
    assertThat(store.size()).as("whole minutes").isZero();

    batch(119, 10);

    assertThat(store.size()).as("whole minutes").isEqualTo(1);
    assertThat(store.entries()).as("entries of the second minute").hasSize(60);
  }

  @Test
  void anEntryDoesNotUndoWhatCameAfterItsMinuteWasSaved() {
    batch(59, 10, 60, 10); // stays until the clock has left the second minute behind, too
    batch(119, 10);
    batch(59, 12);

    memory = new PartitionMemory();
    batch(58, 11);

    assertThat(store.entries()).hasSize(2);
    assertThat(bar(0)).extracting(Bar::seconds, Bar::high).containsExactly(2, 12 * Decimals.ONE);
  }

  @Test
  void aMinuteAheadOfTheClockIsSavedWholeAndGoesOnInTheJournal() {
    ahead(70, 10, 5);
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.entries()).isEmpty();

    batch(71, 11);
    memory = new PartitionMemory();
    batch(72, 12);

    assertThat(store.entries()).hasSize(2);
    assertThat(bar(60)).extracting(Bar::seconds, Bar::high).containsExactly(3, 12 * Decimals.ONE);
  }

  @Test
  void goesOnFromMinutesThatAFormerVersionSavedWhole() {
    Minute minute = new Minute(Input.AGGREGATES, Log.START);
    minute.put(second(3, 10), Log.START + 200_000);
    minute.put(second(4, 12), Log.START + 200_000);
    store.save("AAPL", Log.START, new MinuteCodec(Input.AGGREGATES).encode(minute, true));
    progress = new Progress(Log.START + 5_000, Log.START + 5_000, Heartbeat.ALL, offset++);

    batch(4, 11);
    memory = new PartitionMemory();
    batch(5, 10);

    assertThat(store.entries()).hasSize(2);
    assertThat(bar(0)).extracting(Bar::seconds, Bar::high).containsExactly(3, 11 * Decimals.ONE);
  }

  @Test
  void refusesAnEntryOfAnotherFormat() {
    batch(0, 10);
    long number = store.entries().lastKey();
    byte[] entry = store.entries().get(number);
    entry[0] = 9;

    memory = new PartitionMemory();

    assertThatThrownBy(() -> batch(1, 10))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("format version 9, this job knows 1");
  }

  private Bar bar(int second) {
    return tables.bars.get("AAPL " + (Log.START + second * Second.MILLIS));
  }

  /** Seconds and their prices in turn. */
  private void batch(int... secondsAndPrices) {
    PartitionAggregation aggregation =
        new PartitionAggregation(SETTINGS, memory, progress, store, tables);
    for (int i = 0; i < secondsAndPrices.length; i += 2) {
      aggregation.accept(
          record(secondsAndPrices[i], secondsAndPrices[i + 1], Log.START + 200_000 + offset));
    }
    progress = aggregation.flush();
  }

  /** A second that is received before it has begun. */
  private void ahead(int second, int price, int receivedSecond) {
    PartitionAggregation aggregation =
        new PartitionAggregation(SETTINGS, memory, progress, store, tables);
    aggregation.accept(record(second, price, Log.START + receivedSecond * Second.MILLIS));
    progress = aggregation.flush();
  }

  private LogRecord record(int second, int price, long received) {
    Second taken = second(second, price);
    String json =
        """
        {"ev":"A","sym":"AAPL","v":1,"vw":%1$d,"o":%1$d,"c":%1$d,"h":%1$d,"l":%1$d,"z":1,"s":%2$d,"e":%3$d}"""
            .formatted(price, taken.startMillis(), taken.endMillis());
    return Log.record(offset++, received, "A", json);
  }

  private static Second second(int second, int price) {
    long units = price * Decimals.ONE;
    return new Second(
        "AAPL",
        Log.START + second * Second.MILLIS,
        units,
        units,
        units,
        units,
        Decimals.ONE,
        units,
        1);
  }
}
