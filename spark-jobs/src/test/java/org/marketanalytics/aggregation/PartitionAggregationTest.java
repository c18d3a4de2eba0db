package org.marketanalytics.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionAggregationTest {
  private static final Settings SETTINGS =
      new Settings(Input.AGGREGATES, Duration.ofSeconds(5), Duration.ofMinutes(2));
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final MemoryMinutes store = new MemoryMinutes();
  private final List<Object> rows = new ArrayList<>();
  private final Tables tables =
      new Tables() {
        @Override
        public void bar(Bar bar) {
          super.bar(bar);
          rows.add(bar);
        }

        @Override
        public void average(Average average) {
          super.average(average);
          rows.add(average);
        }
      };
  private Progress progress = Progress.START;
  private long offset;

  @Test
  void writesABarWhileItFormsAndOnceMoreWhenItIsFinal() {
    batch(second("A", 0, "10", 1_000));
    batch(second("A", 1, "12", 2_000));
    batch(beat(180_000));
    batch(beat(185_000));

    List<Bar> bars = rows.stream().filter(Bar.class::isInstance).map(Bar.class::cast).toList();
    assertThat(bars).extracting(Bar::seconds).containsExactly(1, 2, 2);
    assertThat(bars).extracting(Bar::isFinal).containsExactly(false, false, true);
    assertThat(bars.get(2).revision()).isEqualTo(bars.get(1).revision());
  }

  @Test
  void anotherSymbolsEventMakesASilentSymbolsBarFinal() {
    batch(second("A", 0, "10", 1_000));
    batch(second("B", 179, "10", 180_000));

    assertThat(tables.bars.get("A " + Log.START).isFinal()).isTrue();
  }

  @Test
  void aLaterVersionReplacesASecondAndAnEarlierOneDoesNot() {
    batch(second("A", 0, "10", 2_000), second("A", 0, "11", 3_000), second("A", 0, "12", 2_500));

    assertThat(tables.bars.get("A " + Log.START).close()).isEqualTo(11_000_000);
    assertThat(tables.bars.get("A " + Log.START).seconds()).isEqualTo(1);
  }

  @Test
  void aLateSecondRevisesTheAveragesThatItBelongsTo() {
    batch(second("A", 0, "10", 1_000), beat(70_000));
    int before = rows.size();

    batch(second("A", 1, "20", 70_500));

    assertThat(tables.averages.get("A " + (Log.START + 5_000)).close()).isEqualTo(15_000_000);
    assertThat(tables.averages.get("A " + (Log.START + 60_000)).close()).isEqualTo(15_000_000);
    assertThat(rows.size() - before).as("12 averages and the bar").isEqualTo(13);
  }

  @Test
  void rowsAreWrittenSymbolBySymbol() {
    PartitionAggregation aggregation =
        new PartitionAggregation(SETTINGS, new PartitionMemory(), progress, store, tables);
    for (String symbol : List.of("A", "B", "C")) {
      aggregation.accept(second(symbol, 0, "10", 6_000));
    }
    assertThat(rows).isEmpty();

    List<Integer> written = new ArrayList<>();
    while (aggregation.writeNext()) {
      written.add(rows.size());
    }

    assertThat(written).containsExactly(1, 2, 3);
    assertThat(aggregation.end().lastOffset()).isEqualTo(2);
  }

  @Test
  void aReDeliveryWritesNothing() {
    batch(second("A", 0, "10", 1_000), beat(70_000));
    int before = rows.size();

    batch(second("A", 0, "10", 1_000));

    assertThat(rows).hasSize(before);
  }

  @Test
  void oneEventOfTheYear2100ChangesNothing() {
    long year2100 = 4_102_444_800_000L;
    LogRecord poison = Log.record(offset++, Log.START, "A", json("A", year2100, "10"));
    batch(poison, second("A", 0, "10", 1_000));

    assertThat(tables.deadLetters).containsExactly(java.util.Map.entry(0L, Reason.IN_THE_FUTURE));
    assertThat(tables.bars).hasSize(1);
    assertThat(progress.clockMillis()).isEqualTo(Log.START + 1_000);
  }

  @Test
  void anEventDatedAheadMakesNoOtherTooLate() {
    batch(second("A", 0, "10", 1_000));
    batch(second("AHEAD", 119, "10", 1_000));
    batch(second("B", 0, "10", 1_500), second("C", -118, "10", 1_900), second("A", 1, "11", 2_000));

    assertThat(tables.deadLetters).isEmpty();
    assertThat(tables.bars.get("A " + Log.START).seconds()).isEqualTo(2);
    assertThat(progress.clockMillis()).isEqualTo(Log.START + 2_000);
  }

  @Test
  void aHeartbeatDatedAheadMakesNothingTooLate() {
    String ahead = "{\"ev\":\"heartbeat\",\"t\":%d}".formatted(Log.START + 120_000);
    batch(Log.record(offset++, Log.START, "heartbeat", ahead));
    batch(second("A", 0, "10", 1_000));

    assertThat(tables.deadLetters).isEmpty();
    assertThat(progress.clockMillis()).isEqualTo(Log.START + 1_000);
  }

  @Test
  void aSecondAheadOfTheClockGetsItsRowsWhenTheClockHasCome() {
    batch(second("AHEAD", 119, "10", 1_000));
    assertThat(tables.bars.get("AHEAD " + (Log.START + 60_000)).seconds()).isEqualTo(1);
    rows.clear();

    for (int second = 5; second < 120; second += 5) {
      batch(beat(second * 1_000L));
    }
    assertThat(rows).as("no window that holds the second is over yet").isEmpty();
    for (int second = 120; second <= 300; second += 5) {
      batch(beat(second * 1_000L));
    }

    assertThat(tables.averages.keySet())
        .as("12 slide points in the minute after the second")
        .hasSize(12)
        .contains("AHEAD " + (Log.START + 120_000), "AHEAD " + (Log.START + 175_000));
    assertThat(rows).as("the averages, and once the final bar").hasSize(13);
    assertThat(tables.bars.get("AHEAD " + (Log.START + 60_000)).isFinal()).isTrue();
  }

  @Test
  void withoutAReceiptTheRecordsOwnTimeBoundsTheFuture() {
    byte[] value = json("A", 4_102_444_800_000L, "10").getBytes(StandardCharsets.UTF_8);
    batch(new LogRecord(offset++, Log.START, LogRecord.UNKNOWN, null, value));

    assertThat(tables.deadLetters).containsValue(Reason.IN_THE_FUTURE);
  }

  @Test
  void withoutAReceiptARecordCountsButTellsNoTime() {
    batch(second("A", 0, "10", 1_000));
    batch(withoutReceipt(second("B", 3_000, "10", 3_001_000)), withoutReceipt(beat(3_002_000)));
    batch(second("A", 1, "11", 2_000));

    assertThat(tables.deadLetters).isEmpty();
    assertThat(progress.clockMillis()).isEqualTo(Log.START + 2_000);
    assertThat(tables.bars).containsOnlyKeys("A " + Log.START, "B " + (Log.START + 3_000_000));
    assertThat(tables.bars.get("B " + (Log.START + 3_000_000)).revision())
        .isEqualTo(Log.START + 3_001_000);
  }

  @Test
  void withoutAReceiptAHeartbeatEndsNoGap() {
    batch(second("A", 0, "10", 1_000));
    batch(beat(2_000, 1_000), withoutReceipt(beat(3_000)), second("A", 600, "30", 601_000));

    assertThat(progress.watermarkMillis()).isEqualTo(Log.START + 1_000);
  }

  @Test
  void whatCameBeforeTheFirstReceiptGetsItsRowsWhenTheClockStarts() {
    batch(withoutReceipt(second("A", 0, "10", 1_000)));
    batch(second("B", 190, "10", 191_000));

    assertThat(tables.bars.get("A " + Log.START).isFinal()).isTrue();
    assertThat(tables.averages).containsKeys("A " + (Log.START + 5_000));
  }

  @Test
  void whatIsLaterThanTheLatenessIsADeadLetter() {
    batch(beat(121_000));
    batch(second("A", 0, "10", 121_000), second("A", 1, "10", 121_000));

    assertThat(tables.deadLetters).containsExactly(java.util.Map.entry(1L, Reason.TOO_LATE));
    assertThat(tables.bars.get("A " + Log.START).open()).isEqualTo(10_000_000);
  }

  @Test
  void whileEventsAreMissingNothingIsLateAndNoBarBecomesFinal() {
    batch(second("A", 0, "10", 1_000));
    batch(beat(2_000, 1_000));
    batch(second("A", 600, "30", 601_000));

    batch(second("A", 5, "20", 602_000));

    assertThat(tables.deadLetters).isEmpty();
    assertThat(tables.bars.get("A " + Log.START).seconds()).isEqualTo(2);
    assertThat(tables.bars.get("A " + Log.START).isFinal()).isFalse();
    assertThat(tables.averages.get("A " + (Log.START + 10_000)).seconds()).isEqualTo(2);
    assertThat(tables.averages.get("A " + (Log.START + 605_000))).isNull();
  }

  @Test
  void onceTheMissingEventsHaveComeBarsBecomeFinalAndWhatIsOldIsLate() {
    batch(second("A", 0, "10", 1_000));
    batch(beat(2_000, 1_000));
    batch(second("A", 600, "30", 601_000), second("A", 5, "20", 602_000));

    batch(beat(603_000));
    batch(second("A", 6, "20", 604_000));

    assertThat(tables.bars.get("A " + Log.START).isFinal()).isTrue();
    assertThat(tables.bars.get("A " + Log.START).seconds()).isEqualTo(2);
    assertThat(tables.deadLetters).containsExactly(java.util.Map.entry(5L, Reason.TOO_LATE));
    assertThat(progress.watermarkMillis()).isEqualTo(progress.clockMillis());
  }

  @Test
  void aGapThatBeginsBeforeTheWatermarkDoesNotMoveItBack() {
    batch(second("A", 0, "10", 1_000), beat(300_000));
    batch(beat(301_000, 5_000));

    batch(second("A", 5, "20", 302_000));

    assertThat(tables.deadLetters).containsValue(Reason.TOO_LATE);
    assertThat(progress.watermarkMillis()).isEqualTo(Log.START + 300_000);
  }

  @Test
  void aDayOfSilenceCostsNoRowsAndLeavesNoState() {
    batch(second("A", 0, "10", 1_000));
    rows.clear();

    batch(
        Log.record(
            offset++,
            Log.START + DAY,
            "heartbeat",
            "{\"ev\":\"heartbeat\",\"t\":%d}".formatted(Log.START + DAY)));

    assertThat(rows)
        .as("the averages of the minute after the second, and the final bar")
        .hasSize(13);
    assertThat(store.size()).isZero();
  }

  @Test
  void recordsThatWereReadBeforeArePassedOver() {
    LogRecord first = second("A", 0, "10", 1_000);
    batch(first);
    rows.clear();

    PartitionAggregation again =
        new PartitionAggregation(SETTINGS, new PartitionMemory(), progress, store, tables);
    again.accept(first);
    again.flush();

    assertThat(rows).isEmpty();
    assertThat(again.tally()).isEqualTo(new Tally(0, 0, 1));
  }

  @Test
  void writesRowsAsTheContractSpellsThem() {
    batch(second("BRK.B", 0, "181.5200", 1_000), beat(5_000));

    Bar bar = tables.bars.values().iterator().next();
    Average average = tables.averages.values().iterator().next();
    assertThat(new String(bar.json(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"symbol":"BRK.B","start":1788877020000,"end":1788877080000,"open":"181.52","high":"181.52","low":"181.52",\
            "close":"181.52","volume":"2.5","vwap":"181.52","trades":1,"seconds":1,"revision":1788877021000,"final":false}""");
    assertThat(new String(average.json(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"symbol":"BRK.B","start":1788876965000,"end":1788877025000,"avg_open":"181.52","avg_high":"181.52",\
            "avg_low":"181.52","avg_close":"181.52","seconds":1,"revision":1788877021000}""");
  }

  @Test
  void writesNoAveragePriceWhereThereIsNoVolume() {
    Bar bar = new Bar("A", 0, 1, 1, 1, 1, 0, Decimals.NONE, 0, 1, 1, true);

    assertThat(new String(bar.json(), StandardCharsets.UTF_8))
        .contains("\"volume\":\"0\",\"vwap\":null,")
        .contains("\"open\":\"0.000001\"")
        .endsWith("\"final\":true}");
  }

  @Test
  void aRowIsJsonWhateverItsSymbol() {
    Bar bar = new Bar("A\"\\\n", 0, 1, 1, 1, 1, 0, Decimals.NONE, 0, 1, 1, true);

    assertThat(new String(bar.json(), StandardCharsets.UTF_8))
        .startsWith("{\"symbol\":\"A\\\"\\\\\\u000a\",");
  }

  private void batch(LogRecord... records) {
    progress =
        Runs.batch(SETTINGS, new PartitionMemory(), progress, store, tables, List.of(records));
  }

  private LogRecord second(String symbol, int second, String price, long receivedAfterStart) {
    String json = json(symbol, Log.START + second * 1000L, price);
    return Log.record(offset++, Log.START + receivedAfterStart, "A", json);
  }

  private LogRecord beat(long afterStart) {
    long time = Log.START + afterStart;
    return Log.record(
        offset++, time, "heartbeat", "{\"ev\":\"heartbeat\",\"t\":%d}".formatted(time));
  }

  private LogRecord beat(long afterStart, long completeAfterStart) {
    long time = Log.START + afterStart;
    Log.Beat beat = new Log.Beat(time, time, Log.START + completeAfterStart);
    return Log.record(offset++, time, "heartbeat", beat.json());
  }

  private static LogRecord withoutReceipt(LogRecord record) {
    return new LogRecord(
        record.offset(), record.timestampMillis(), LogRecord.UNKNOWN, record.ev(), record.value());
  }

  private static String json(String symbol, long start, String price) {
    return """
    {"ev":"A","sym":"%s","v":2,"dv":"2.5","vw":%3$s,"o":%3$s,"c":%3$s,"h":%3$s,"l":%3$s,"z":3,"s":%2$d,"e":%2$d}"""
        .formatted(symbol, start, price);
  }
}
