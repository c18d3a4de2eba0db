package org.marketanalytics.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.marketanalytics.aggregation.MemoryMinutes;
import org.marketanalytics.aggregation.PartitionAggregation;
import org.marketanalytics.aggregation.PartitionMemory;
import org.marketanalytics.aggregation.Progress;

class MarketSecondsTest {

  private static final long MINUTE = 1_767_614_400_000L;

  @Test
  void everySymbolIsAnother() {
    Set<String> symbols = new HashSet<>();
    for (int number = 0; number < 10_000; number++) {
      symbols.add(MarketSeconds.symbol(number));
    }

    assertThat(symbols).hasSize(10_000);
  }

  @Test
  void theJobsArithmeticTakesThem() {
    List<String> rows = new ArrayList<>();
    PartitionAggregation aggregation =
        new PartitionAggregation(
            Aggregation.SETTINGS,
            new PartitionMemory(),
            Progress.START,
            new MemoryMinutes(),
            Aggregation.to(
                (key, type, value) -> rows.add(new String(type, StandardCharsets.UTF_8))));

    for (int second = 0; second < 5; second++) {
      long startMillis = MINUTE + second * 1_000L;
      RecordHeaders headers = new RecordHeaders();
      headers.add("ev", utf8("A"));
      headers.add("received", utf8(Long.toString(startMillis + 3_000)));
      aggregation.accept(
          Aggregation.record(
              second, startMillis, headers, utf8(MarketSeconds.event(0, startMillis))));
    }
    aggregation.flush();

    assertThat(rows).containsExactly("bar", "average");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
