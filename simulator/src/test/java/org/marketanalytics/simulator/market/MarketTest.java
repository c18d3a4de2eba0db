package org.marketanalytics.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.marketanalytics.simulator.market.Recorder.START;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarketTest {
  private static final Duration RECORDED = Duration.ofSeconds(75);

  @ParameterizedTest
  @EnumSource(Cluster.class)
  void sendsTheSameEventsForTheSameSeed(Cluster cluster) {
    List<String> once = recorded(Recorder.settings(cluster, 20, 500), 1_000_000).events();
    List<String> again = recorded(Recorder.settings(cluster, 20, 500), 1_000_000).events();

    assertThat(once).isNotEmpty().isEqualTo(again);
  }

  @Test
  void sendsOtherEventsForAnotherSeed() {
    MarketSettings other =
        new MarketSettings(
            Cluster.STOCKS, 43, 20, 500, 0, false, Optional.empty(), Duration.ofMillis(100));

    assertThat(recorded(other, 1_000_000).events())
        .isNotEqualTo(recorded(Recorder.settings(Cluster.STOCKS, 20, 500), 1_000_000).events());
  }

  @Test
  void isTheSameInWhateverStepsItsTimeMovesOn() {
    MarketSettings settings = Recorder.settings(Cluster.STOCKS, 20, 500);

    List<String> coarse = recorded(settings, 1_000_000).events();

    assertThat(recorded(settings, 1).events()).isEqualTo(coarse);
    assertThat(recorded(settings, 777).events()).isEqualTo(coarse);
  }

  @Test
  void isTheSameWhoeverListens() {
    MarketSettings settings = Recorder.settings(Cluster.STOCKS, 20, 500);
    Recorder aggregates = new Recorder(channel -> channel == Channel.A);
    run(settings, aggregates, 1_000_000);
    Recorder everything = recorded(settings, 1_000_000);

    assertThat(aggregates.events())
        .isNotEmpty()
        .isEqualTo(
            everything.events().stream().filter(event -> event.contains("\"ev\":\"A\"")).toList());
    assertThat(aggregates.bars()).isEqualTo(everything.bars());
  }

  @Test
  void keepsItsRateToTheEvent() {
    MarketSettings settings = Recorder.settings(Cluster.STOCKS, 20, 777);
    Recorder recorder = Recorder.ofEverything();
    Market market = new Market(settings, START);

    market.advanceTo(START.toEpochMilli() + 10_000, recorder);

    assertThat(recorder.events("T")).hasSize(7_770);
  }

  @Test
  void sendsEventsInTheOrderOfTimeAndAggregatesAfterTheirDelay() {
    long latest = 0;
    for (String event : recorded(Recorder.settings(Cluster.STOCKS, 20, 500), 1_000_000).events()) {
      JsonNode json = Recorder.parsed(event);
      long due = json.has("t") ? json.get("t").asLong() : json.get("e").asLong() + 100;
      assertThat(due).isGreaterThanOrEqualTo(latest);
      latest = due;
    }
  }

  @Test
  void cutsItsStartToAWholeSecond() {
    Market market =
        new Market(
            Recorder.settings(Cluster.STOCKS, 1, 10), Instant.parse("2026-11-20T15:00:00.987Z"));

    assertThat(market.nowMillis()).isEqualTo(START.toEpochMilli());
  }

  @Test
  void sendsWhatIsOverWhenFlushed() {
    Recorder recorder = Recorder.ofEverything();
    Market market = new Market(Recorder.settings(Cluster.STOCKS, 1, 100), START);
    market.advanceTo(START.toEpochMilli() + 1_000, recorder);
    assertThat(recorder.events("A")).isEmpty();

    market.flush(recorder);

    assertThat(recorder.events("A")).hasSize(1);
  }

  @Test
  void numbersTradesSoThatNoTwoAreTakenForOne() {
    Set<String> identities = new HashSet<>();
    Map<String, Long> sequences = new HashMap<>();
    List<JsonNode> trades =
        recorded(Recorder.settings(Cluster.STOCKS, 20, 2_000), 1_000).events("T");

    for (JsonNode trade : trades) {
      String symbol = trade.get("sym").asText();
      assertThat(
              identities.add(symbol + trade.get("x") + trade.get("trfi") + trade.get("i").asText()))
          .isTrue();
      long sequence = trade.get("q").asLong();
      assertThat(sequence).isGreaterThan(sequences.getOrDefault(symbol, 0L));
      sequences.put(symbol, sequence);
    }
  }

  @Test
  void goesOnWithNewNumbersAfterARestart() {
    MarketSettings settings = Recorder.settings(Cluster.STOCKS, 1, 200_000);
    Recorder before = Recorder.ofEverything();
    new Market(settings, START).advanceTo(START.toEpochMilli() + 1_000, before);
    Recorder after = Recorder.ofEverything();
    new Market(settings, START.plusSeconds(1)).advanceTo(START.toEpochMilli() + 1_001, after);

    JsonNode last = Recorder.parsed(before.events().get(before.events().size() - 1));
    JsonNode first = Recorder.parsed(after.events().get(0));
    assertThat(first.get("i").asLong()).isGreaterThan(last.get("i").asLong());
    assertThat(first.get("q").asLong()).isGreaterThan(last.get("q").asLong());
  }

  @Test
  void tradesPopularSymbolsMost() {
    Map<String, Integer> counts = new HashMap<>();
    for (JsonNode trade :
        recorded(Recorder.settings(Cluster.STOCKS, 100, 5_000), 1_000).events("T")) {
      counts.merge(trade.get("sym").asText(), 1, Integer::sum);
    }

    assertThat(counts.get("AAPL")).isGreaterThan(10 * counts.get("AAA"));
    assertThat(counts).hasSize(100);
  }

  @Test
  void sendsMostSymbolsASecondEverySecondWithTheDefaults() {
    Recorder recorder = recorded(Recorder.settings(Cluster.STOCKS, 50, 1_000), 1_000);

    long seconds = RECORDED.toSeconds();

    assertThat(recorder.events("A")).hasSizeGreaterThan((int) (50 * seconds * 3 / 4));
  }

  @Test
  void quotesAreAPartOfTheRate() {
    MarketSettings settings =
        new MarketSettings(
            Cluster.STOCKS, 42, 20, 1_000, 4, false, Optional.empty(), Duration.ofMillis(100));
    Recorder recorder = Recorder.ofEverything();
    new Market(settings, START).advanceTo(START.toEpochMilli() + 10_000, recorder);

    assertThat(recorder.events("Q")).hasSizeBetween(7_700, 8_300);
    assertThat(recorder.events("Q").size() + recorder.events("T").size()).isEqualTo(10_000);
    assertThat(recorder.events("Q"))
        .allSatisfy(
            quote ->
                assertThat(quote.get("bp").decimalValue())
                    .isLessThan(quote.get("ap").decimalValue()));
  }

  @Test
  void restsOutsideTheSessions() {
    MarketSettings settings =
        new MarketSettings(
            Cluster.STOCKS, 42, 20, 1_000, 0, true, Optional.empty(), Duration.ofMillis(100));

    assertThat(during("2026-11-20T08:59:50Z", settings)).isZero();
    assertThat(during("2026-11-20T09:00:00Z", settings)).isEqualTo(1_000);
    assertThat(during("2026-11-20T15:00:00Z", settings)).isEqualTo(10_000);
    assertThat(during("2026-11-20T22:00:00Z", settings)).isEqualTo(1_000);
    assertThat(during("2026-11-21T15:00:00Z", settings)).isZero();
  }

  private static int during(String start, MarketSettings settings) {
    Recorder recorder = Recorder.ofEverything();
    Instant from = Instant.parse(start);
    new Market(settings, from).advanceTo(from.toEpochMilli() + 10_000, recorder);
    return recorder.events("T").size();
  }

  private static Recorder recorded(MarketSettings settings, long stepMillis) {
    Recorder recorder = Recorder.ofEverything();
    run(settings, recorder, stepMillis);
    return recorder;
  }

  private static void run(MarketSettings settings, Recorder recorder, long stepMillis) {
    Market market = new Market(settings, START);
    long end = START.plus(RECORDED).toEpochMilli();
    while (market.nowMillis() < end) {
      market.advanceTo(Math.min(end, market.nowMillis() + stepMillis), recorder);
    }
    market.flush(recorder);
  }
}
