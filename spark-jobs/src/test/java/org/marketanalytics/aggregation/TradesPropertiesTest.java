package org.marketanalytics.aggregation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.marketanalytics.aggregation.Log.Beat;
import org.marketanalytics.aggregation.Log.Entry;
import org.marketanalytics.aggregation.Log.Headless;
import org.marketanalytics.aggregation.Log.Junk;
import org.marketanalytics.aggregation.Log.Sale;

class TradesPropertiesTest {
  /**
   * Of each kind one: regular, odd lot, no open and close, nothing at all, prices without volume;
   * and one that is unknown.
   */
  private static final List<List<Integer>> CONDITIONS =
      List.of(
          List.of(),
          List.of(14, 41),
          List.of(37),
          List.of(10),
          List.of(16),
          List.of(38),
          List.of(10, 38),
          List.of(999));

  @Property(edgeCases = EdgeCasesMode.NONE)
  void anyCutIntoBatchesGivesTheRowsOfTheOracle(
      @ForAll("lateness") Duration lateness,
      @ForAll("logs") List<Entry> log,
      @ForAll("cuts") List<Integer> cuts) {
    Settings settings = new Settings(Input.TRADES, Duration.ofSeconds(5), lateness);
    Tables expected = new Oracle(settings, log).tables;

    Tables actual = Runs.cutAt(settings, Log.records(log), cuts);

    AggregatesPropertiesTest.requireSame(expected, actual);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void neitherOrderNorRepetitionWithinTheLatenessSaysAnything(
      @ForAll("trades") List<Sale> log, @ForAll("cuts") List<Integer> cuts, @ForAll long seed) {
    Settings settings = new Settings(Input.TRADES, Duration.ofSeconds(5), Duration.ofHours(1));
    List<Sale> shuffled = new ArrayList<>(log);
    Random random = new Random(seed);
    for (int i = random.nextInt(10); i > 0; i--) {
      shuffled.add(log.get(random.nextInt(log.size())));
    }
    Collections.shuffle(shuffled, random);

    Tables inOrder = Runs.cutAt(settings, Log.records(log), cuts);
    Tables outOfOrder = Runs.cutAt(settings, Log.records(shuffled), cuts);

    AggregatesPropertiesTest.requireSame(inOrder, outOfOrder);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aRunThatIsKilledAndRepeatedGivesTheRowsOfTheOracle(
      @ForAll("lateness") Duration lateness, @ForAll("logs") List<Entry> log, @ForAll long seed) {
    Settings settings = new Settings(Input.TRADES, Duration.ofSeconds(5), lateness);
    Tables expected = new Oracle(settings, log).tables;

    Tables actual = Runs.withKills(settings, Log.records(log), seed);

    AggregatesPropertiesTest.requireSameRows(expected, actual);
  }

  @Provide
  Arbitrary<Duration> lateness() {
    return Arbitraries.of(0, 20, 120).map(Duration::ofSeconds);
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 80).list().ofMaxSize(8);
  }

  /**
   * An id says everything about a trade, so a repeated id is a repeated trade. Some lie ahead of
   * their receipt, by up to the lateness and a little beyond.
   */
  @Provide
  Arbitrary<List<Sale>> trades() {
    return trade().list().ofMinSize(1).ofMaxSize(80);
  }

  /** With heartbeats, of which some say that events are missing, and a few hopeless entries. */
  @Provide
  Arbitrary<List<Entry>> logs() {
    Arbitrary<Integer> afterStart = Arbitraries.integers().between(0, 460_000);
    return Arbitraries.frequencyOf(
            Tuple.of(30, trade().map(sale -> (Entry) sale)),
            Tuple.of(2, afterStart.map(TradesPropertiesTest::beat)),
            Tuple.of(2, afterStart.map(TradesPropertiesTest::beatWithEventsMissing)),
            Tuple.of(1, Arbitraries.of("{", "{}x", "", "{\"ev\":\"T\",").map(Junk::new)),
            Tuple.of(1, trade().map(Headless::new)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(80);
  }

  private static Entry beat(int afterStart) {
    return new Beat(Log.START + afterStart, Log.START + afterStart);
  }

  private static Entry beatWithEventsMissing(int afterStart) {
    long time = Log.START + afterStart;
    return new Beat(time, time, time - afterStart / 2);
  }

  private static Arbitrary<Sale> trade() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 60),
            Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(0, 3_000)),
                Tuple.of(1, Arbitraries.integers().between(0, 400_000))),
            Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.integers().between(0, 5_000)),
                Tuple.of(1, Arbitraries.integers().between(-125_000, 0))))
        .as(TradesPropertiesTest::sale);
  }

  private static Sale sale(int id, int window, int delay) {
    Random facts = new Random(id);
    long time = Log.START + 55_000 + facts.nextInt(id % 3 == 0 ? 400_000 : 4_000);
    return new Sale(
        id % 2 == 0 ? "A" : "B",
        time,
        id / 2 % 4,
        id,
        BigDecimal.valueOf(1 + facts.nextInt(2_000_000), 6),
        BigDecimal.valueOf(facts.nextInt(500_000_000), 6),
        CONDITIONS.get(facts.nextInt(CONDITIONS.size())),
        time + window + delay);
  }
}
