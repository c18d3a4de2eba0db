package org.marketanalytics.aggregation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a symbol costs in state and in rows: the figures that docs/scaling.md counts with. */
class StateSizeTest {

  private static final long START_MILLIS = 1_767_614_400_000L;
  private static final int SECONDS = 600;
  private static final Settings SETTINGS =
      new Settings(Input.AGGREGATES, Duration.ofSeconds(5), Duration.ofSeconds(120));

  private static final BigDecimal CENT = new BigDecimal("0.01");

  private final MemoryMinutes minutes = new MemoryMinutes();
  private final PartitionMemory memory = new PartitionMemory();
  private long bars;
  private long averages;

  @Test
  void anEventEachSecondKeepsFourMinutesAndWritesABarEachAndAnAverageASlide() {
    trade(1);

    System.out.printf("state of a symbol, an event each second: %,d bytes%n", bytes());
    assertThat(minutes.size()).as("minutes that are over").isEqualTo(2);
    assertThat(minutes.entries()).as("seconds since").hasSizeBetween(60, 120);
    assertThat(bytes()).isBetween(5_000L, 6_000L);
    assertThat(bars).isBetween(600L, 610L);
    assertThat(averages).isEqualTo(SECONDS / 5);
  }

  @Test
  void anEventInTenSecondsTakesATenthOfTheState() {
    trade(10);

    System.out.printf("state of a symbol, an event in ten seconds: %,d bytes%n", bytes());
    assertThat(bytes()).isBetween(600L, 1_000L);
  }

  /** A batch for each second. */
  private void trade(int everySeconds) {
    Progress progress = Progress.START;
    for (int second = 0; second < SECONDS; second += everySeconds) {
      long startMillis = START_MILLIS + second * 1_000L;
      PartitionAggregation batch =
          new PartitionAggregation(SETTINGS, memory, progress, minutes, new Counted());
      batch.accept(
          new LogRecord(second, startMillis, startMillis + 3_000, "A", event(startMillis)));
      progress = batch.flush();
    }
  }

  private long bytes() {
    long[] sum = {0};
    minutes.forEach(
        new MinuteStore.Visitor() {
          @Override
          public void minute(String symbol, long startMillis, byte[] minute) {
            sum[0] += minute.length;
          }

          @Override
          public void entry(long number, byte[] entry) {
            sum[0] += entry.length;
          }
        });
    return sum[0];
  }

  private static byte[] event(long startMillis) {
    long second = startMillis / 1_000;
    BigDecimal open = BigDecimal.valueOf(18_000 + second * 7 % 50, 2);
    return """
        {"ev":"A","sym":"AAPL","v":%d,"vw":%s,"o":%s,"c":%s,"h":%s,"l":%s,"z":20,"s":%d,"e":%d}"""
        .formatted(
            100 + second * 31 % 900,
            open,
            open,
            open.add(CENT),
            open.add(CENT).add(CENT),
            open.subtract(CENT),
            startMillis,
            startMillis + 1_000)
        .getBytes(UTF_8);
  }

  /** Counts rows. */
  private final class Counted implements Output {
    @Override
    public void bar(Bar bar) {
      bars++;
    }

    @Override
    public void average(Average average) {
      averages++;
    }

    @Override
    public void deadLetter(LogRecord record, Reason reason, String error) {
      throw new AssertionError(error);
    }
  }
}
