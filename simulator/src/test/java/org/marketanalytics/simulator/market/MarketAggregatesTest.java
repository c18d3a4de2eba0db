package org.marketanalytics.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.marketanalytics.simulator.market.Recorder.START;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The aggregates against a slow merge of the trades that were sent, written without the market's
 * classes.
 */
class MarketAggregatesTest {
  private static final Set<Integer> NO_HIGH_LOW =
      Set.of(2, 7, 12, 13, 15, 16, 20, 21, 29, 37, 52, 53);
  private static final Set<Integer> NO_OPEN_CLOSE = Set.of(5, 10, 17, 22, 32, 33);
  private static final Set<Integer> NO_VOLUME = Set.of(15, 16, 38);

  @Test
  void secondsOfStocksAreTheMergeOfTheirTrades() {
    Recorder recorder = record(settings(Cluster.STOCKS, false), START);

    assertSame(recorder.events("A"), merged(recorder.events("T"), 1_000));
  }

  @Test
  void minutesOfStocksAreTheMergeOfTheirTrades() {
    Recorder recorder = record(settings(Cluster.STOCKS, false), START);

    assertSame(recorder.events("AM"), merged(recorder.events("T"), 60_000));
  }

  @Test
  void extendedHoursCountOnlyWhatTheirConditionsAllow() {
    Recorder recorder =
        record(settings(Cluster.STOCKS, true), Instant.parse("2026-11-20T10:00:00Z"));

    assertThat(recorder.events("T"))
        .anySatisfy(trade -> assertThat(conditions(trade)).contains(12));
    assertThat(recorder.events("A")).isNotEmpty().noneMatch(second -> second.has("op"));
    assertSame(recorder.events("A"), merged(recorder.events("T"), 1_000));
  }

  @Test
  void secondsOfCryptoAreTheMergeOfTheirTrades() {
    Recorder recorder = record(settings(Cluster.CRYPTO, false), START);
    Map<String, Merge> expected = merged(recorder.events("XT"), 1_000);
    List<JsonNode> seconds = recorder.events("XAS");

    assertThat(seconds).hasSameSizeAs(expected.values());
    for (JsonNode second : seconds) {
      Merge merge = expected.get(second.get("pair").asText() + " " + second.get("s").asLong());
      assertPrices(second, merge);
      assertThat(second.get("v").decimalValue()).isEqualByComparingTo(merge.volume);
      assertThat(second.get("vw").decimalValue()).isEqualByComparingTo(merge.vwap(6));
    }
  }

  @Test
  void secondsOfForexAreMadeOfTheBids() {
    Recorder recorder = record(settings(Cluster.FOREX, false), START);
    Map<String, List<BigDecimal>> bids = new TreeMap<>();
    for (JsonNode quote : recorder.events("C")) {
      bids.computeIfAbsent(
              quote.get("p").asText() + " " + quote.get("t").asLong() / 1_000 * 1_000,
              key -> new ArrayList<>())
          .add(quote.get("b").decimalValue());
    }

    assertThat(recorder.events("CAS")).hasSameSizeAs(bids.values());
    for (JsonNode second : recorder.events("CAS")) {
      List<BigDecimal> expected =
          bids.get(second.get("pair").asText() + " " + second.get("s").asLong());
      assertThat(second.get("v").asInt()).isEqualTo(expected.size());
      assertThat(second.get("o").decimalValue()).isEqualByComparingTo(expected.get(0));
      assertThat(second.get("h").decimalValue())
          .isEqualByComparingTo(expected.stream().max(BigDecimal::compareTo).orElseThrow());
    }
  }

  @Test
  void symbolsWithoutACountingTradeHaveNoSecond() {
    Recorder recorder = record(settings(Cluster.STOCKS, false), START);
    Set<String> traded = new HashSet<>();
    recorder.events("T").forEach(trade -> traded.add(key(trade, 1_000)));
    Set<String> sent = new HashSet<>();
    recorder.events("A").forEach(second -> sent.add(key(second, 1_000)));

    assertThat(traded).containsAll(sent).hasSizeGreaterThan(sent.size());
  }

  @Test
  void fractionalSharesAreZeroInTheWholeSizeAndExactInTheDecimalOne() {
    Recorder recorder = record(settings(Cluster.STOCKS, false), START);

    assertThat(recorder.events("T"))
        .anySatisfy(trade -> assertThat(trade.get("s").asLong()).isZero())
        .allSatisfy(
            trade -> {
              BigDecimal exact = new BigDecimal(trade.get("ds").asText());
              assertThat(exact).isPositive();
              assertThat(trade.get("s").asLong())
                  .isEqualTo(exact.setScale(0, RoundingMode.FLOOR).longValueExact());
            });
  }

  @Test
  void leavesConditionsOutWhereThereAreNone() {
    assertThat(record(settings(Cluster.STOCKS, false), START).events("T"))
        .anySatisfy(trade -> assertThat(trade.has("c")).isFalse())
        .noneSatisfy(trade -> assertThat(trade.path("c").toString()).isEqualTo("[]"));
  }

  @Test
  void tradesOfReportingFacilitiesNameThem() {
    assertThat(record(settings(Cluster.STOCKS, false), START).events("T"))
        .allSatisfy(
            trade ->
                assertThat(trade.has("trfi") && trade.has("trft"))
                    .isEqualTo(trade.get("x").asInt() == 4));
  }

  @Test
  void pricesAreOnTheCentGridButForReportedOnes() {
    List<JsonNode> trades = record(settings(Cluster.STOCKS, false), START).events("T");

    assertThat(trades)
        .allSatisfy(
            trade -> assertThat(trade.get("p").decimalValue().scale()).isLessThanOrEqualTo(4));
    assertThat(trades)
        .anySatisfy(trade -> assertThat(trade.get("p").decimalValue().scale()).isGreaterThan(2));
  }

  private static MarketSettings settings(Cluster cluster, boolean sessions) {
    return new MarketSettings(
        cluster, 7, 30, 200, 0, sessions, Optional.empty(), Duration.ofMillis(100));
  }

  private static Recorder record(MarketSettings settings, Instant start) {
    Recorder recorder = Recorder.ofEverything();
    Market market = new Market(settings, start);
    market.advanceTo(start.plusSeconds(120).toEpochMilli(), recorder);
    market.flush(recorder);
    return recorder;
  }

  private static void assertSame(List<JsonNode> aggregates, Map<String, Merge> merged) {
    long window = aggregates.get(0).get("e").asLong() - aggregates.get(0).get("s").asLong();
    Map<String, Merge> expected = new TreeMap<>(merged);
    expected.values().removeIf(merge -> merge.open == null);
    assertThat(aggregates).extracting(bar -> key(bar, window)).doesNotHaveDuplicates();
    assertThat(aggregates).hasSameSizeAs(expected.values());
    for (JsonNode bar : aggregates) {
      Merge merge = expected.get(key(bar, window));
      assertPrices(bar, merge);
      assertThat(new BigDecimal(bar.get("dv").asText())).isEqualByComparingTo(merge.volume);
      assertThat(new BigDecimal(bar.get("dav").asText())).isEqualByComparingTo(merge.dayVolume);
      assertThat(bar.get("v").asLong()).isEqualTo(merge.volume.longValue());
      assertThat(bar.get("av").asLong()).isEqualTo(merge.dayVolume.longValue());
      assertThat(bar.get("z").asLong())
          .isEqualTo(merge.volume.longValue() / Math.max(1, merge.trades));
      assertThat(bar.get("vw").decimalValue()).isEqualByComparingTo(merge.vwap(4));
      assertThat(bar.get("a").decimalValue())
          .isEqualByComparingTo(merge.dayNotional.divide(merge.dayVolume, 4, RoundingMode.HALF_UP));
      if (bar.has("op")) {
        assertThat(bar.get("op").decimalValue()).isEqualByComparingTo(merge.dayOpen);
      }
    }
  }

  private static void assertPrices(JsonNode bar, Merge merge) {
    assertThat(bar.get("o").decimalValue()).isEqualByComparingTo(merge.open);
    assertThat(bar.get("h").decimalValue()).isEqualByComparingTo(merge.high);
    assertThat(bar.get("l").decimalValue()).isEqualByComparingTo(merge.low);
    assertThat(bar.get("c").decimalValue()).isEqualByComparingTo(merge.close);
  }

  /** One window, and the day up to its end. */
  private static final class Merge {
    private BigDecimal open;
    private BigDecimal high;
    private BigDecimal low;
    private BigDecimal close;
    private BigDecimal volume = BigDecimal.ZERO;
    private BigDecimal notional = BigDecimal.ZERO;
    private long trades;
    private BigDecimal dayOpen;
    private BigDecimal dayVolume = BigDecimal.ZERO;
    private BigDecimal dayNotional = BigDecimal.ZERO;

    void add(JsonNode trade, BigDecimal size) {
      BigDecimal price = trade.get("p").decimalValue();
      List<Integer> conditions =
          trade.get("ev").asText().equals("T") ? conditions(trade) : List.of();
      boolean noHighLow = conditions.stream().anyMatch(NO_HIGH_LOW::contains);
      if (!noHighLow) {
        high = high == null ? price : high.max(price);
        low = low == null ? price : low.min(price);
      }
      if (!noHighLow && conditions.stream().noneMatch(NO_OPEN_CLOSE::contains)) {
        open = open == null ? price : open;
        close = price;
        dayOpen = dayOpen == null ? price : dayOpen;
      }
      if (conditions.stream().noneMatch(NO_VOLUME::contains)) {
        volume = volume.add(size);
        notional = notional.add(price.multiply(size));
        dayVolume = dayVolume.add(size);
        dayNotional = dayNotional.add(price.multiply(size));
        trades++;
      }
    }

    BigDecimal vwap(int decimals) {
      return notional.divide(volume, decimals, RoundingMode.HALF_UP);
    }

    Merge next() {
      Merge next = new Merge();
      next.dayOpen = dayOpen;
      next.dayVolume = dayVolume;
      next.dayNotional = dayNotional;
      return next;
    }
  }

  private static Map<String, Merge> merged(List<JsonNode> trades, long window) {
    Map<String, Merge> windows = new TreeMap<>();
    Map<String, Merge> latest = new TreeMap<>();
    for (JsonNode trade : trades) {
      String key = key(trade, window);
      String symbol = symbol(trade);
      if (!windows.containsKey(key)) {
        Merge before = latest.get(symbol);
        Merge begun = before == null ? new Merge() : before.next();
        windows.put(key, begun);
        latest.put(symbol, begun);
      }
      BigDecimal size =
          trade.has("ds")
              ? new BigDecimal(trade.get("ds").asText())
              : trade.get("s").decimalValue();
      windows.get(key).add(trade, size);
    }
    return windows;
  }

  private static List<Integer> conditions(JsonNode trade) {
    List<Integer> conditions = new ArrayList<>();
    trade.path("c").forEach(condition -> conditions.add(condition.asInt()));
    return conditions;
  }

  private static String symbol(JsonNode event) {
    return event.has("sym") ? event.get("sym").asText() : event.get("pair").asText();
  }

  private static String key(JsonNode event, long window) {
    long time = event.has("t") ? event.get("t").asLong() : event.get("s").asLong();
    return symbol(event) + " " + time / window * window;
  }
}
