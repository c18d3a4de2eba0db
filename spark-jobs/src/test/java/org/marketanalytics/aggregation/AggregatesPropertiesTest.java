package org.marketanalytics.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.marketanalytics.aggregation.Log.Aggregate;
import org.marketanalytics.aggregation.Log.Beat;
import org.marketanalytics.aggregation.Log.Entry;
import org.marketanalytics.aggregation.Log.Headless;
import org.marketanalytics.aggregation.Log.Junk;

class AggregatesPropertiesTest {

  @Property(edgeCases = EdgeCasesMode.NONE)
  void anyCutIntoBatchesGivesTheRowsOfTheOracle(
      @ForAll("settings") Settings settings,
      @ForAll("logs") List<Entry> log,
      @ForAll("cuts") List<Integer> cuts) {
    Tables expected = new Oracle(settings, log).tables;

    Tables actual = Runs.cutAt(settings, Log.records(log), cuts);

    requireSame(expected, actual);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aRunThatIsKilledAndRepeatedGivesTheRowsOfTheOracle(
      @ForAll("settings") Settings settings, @ForAll("logs") List<Entry> log, @ForAll long seed) {
    Tables expected = new Oracle(settings, log).tables;

    Tables actual = Runs.withKills(settings, Log.records(log), seed);

    requireSameRows(expected, actual);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theOrderOfArrivalWithinTheLatenessSaysNothing(
      @ForAll("slides") Duration slide,
      @ForAll("seconds") List<Aggregate> log,
      @ForAll("cuts") List<Integer> cuts,
      @ForAll long seed) {
    Settings settings = new Settings(Input.AGGREGATES, slide, Duration.ofHours(1));
    List<Aggregate> distinct = withDistinctReceipts(log);
    List<Aggregate> shuffled = new ArrayList<>(distinct);
    Collections.shuffle(shuffled, new Random(seed));

    Tables inOrder = Runs.cutAt(settings, Log.records(distinct), cuts);
    Tables outOfOrder = Runs.cutAt(settings, Log.records(shuffled), cuts);

    requireSame(inOrder, outOfOrder);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theStateOfASilentMarketIsForgotten(
      @ForAll("settings") Settings settings,
      @ForAll("seconds") List<Aggregate> log,
      @ForAll boolean isRestarted) {
    MemoryMinutes store = new MemoryMinutes();
    PartitionMemory memory = new PartitionMemory();
    Progress progress =
        Runs.batch(settings, memory, Progress.START, store, new Tables(), Log.records(log));
    long dayLater = Log.START + Duration.ofDays(1).toMillis();

    memory = isRestarted ? new PartitionMemory() : memory;
    Tables tables = new Tables();
    LogRecord beat =
        Log.record(log.size(), dayLater, "heartbeat", new Beat(dayLater, dayLater).json());
    Runs.batch(settings, memory, progress, store, tables, List.of(beat));

    assertThat(store.size()).isZero();
    assertThat(store.entries()).isEmpty();
    assertThat(memory.all()).isEmpty();
    assertThat(tables.bars.values()).allMatch(Bar::isFinal);
  }

  static void requireSame(Tables expected, Tables actual) {
    assertThat(actual.broken).isEmpty();
    requireSameRows(expected, actual);
  }

  static void requireSameRows(Tables expected, Tables actual) {
    assertThat(differences(expected.deadLetters, actual.deadLetters)).isEmpty();
    assertThat(differences(expected.bars, actual.bars)).isEmpty();
    assertThat(differences(expected.averages, actual.averages)).isEmpty();
  }

  /** Only what differs, as whole tables would fill pages. */
  private static <K, V> Map<K, String> differences(Map<K, V> expected, Map<K, V> actual) {
    Map<K, String> differences = new LinkedHashMap<>();
    Set<K> keys = new LinkedHashSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    for (K key : keys) {
      if (!Objects.equals(expected.get(key), actual.get(key))) {
        differences.put(
            key, "expected %s but was %s".formatted(expected.get(key), actual.get(key)));
      }
    }
    return differences;
  }

  /**
   * Two versions of a second that were received in the same millisecond are ordered by their place
   * in the log alone.
   */
  private static List<Aggregate> withDistinctReceipts(List<Aggregate> log) {
    List<Aggregate> distinct = new ArrayList<>();
    long received = Log.START + Duration.ofHours(2).toMillis();
    for (Aggregate a : log) {
      distinct.add(
          new Aggregate(
              a.symbol(),
              a.start(),
              a.low(),
              a.spread(),
              a.volume(),
              a.hasVwap(),
              a.size(),
              received++));
    }
    return distinct;
  }

  @Provide
  Arbitrary<Settings> settings() {
    return Combinators.combine(slides(), Arbitraries.of(0, 1, 20, 60, 120))
        .as(
            (slide, lateness) ->
                new Settings(Input.AGGREGATES, slide, Duration.ofSeconds(lateness)));
  }

  @Provide
  Arbitrary<Duration> slides() {
    return Arbitraries.of(1, 5, 7, 60).map(Duration::ofSeconds);
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 120).list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<Aggregate>> seconds() {
    return aggregate(0).list().ofMinSize(1).ofMaxSize(60);
  }

  /**
   * Time moves on with jitter, now and then by hours; some seconds lie ahead of their receipt, by
   * up to the lateness and a little beyond; a few entries are hopeless, and a few records do not
   * tell when they were received.
   */
  @Provide
  Arbitrary<List<Entry>> logs() {
    Arbitrary<List<Integer>> steps =
        Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.integers().between(0, 4)),
                Tuple.of(3, Arbitraries.integers().between(20, 100)),
                Tuple.of(1, Arbitraries.integers().between(3_000, 30_000)))
            .list()
            .ofMinSize(1)
            .ofMaxSize(120);
    return steps.flatMap(AggregatesPropertiesTest::entries);
  }

  private static Arbitrary<List<Entry>> entries(List<Integer> steps) {
    List<Arbitrary<Entry>> entries = new ArrayList<>();
    int base = 0;
    for (int step : steps) {
      base += step;
      entries.add(entry(base));
    }
    return Combinators.combine(entries).as(list -> list);
  }

  private static Arbitrary<Entry> entry(int base) {
    return Arbitraries.frequencyOf(
        Tuple.of(20, aggregate(base).map(aggregate -> (Entry) aggregate)),
        Tuple.of(2, Arbitraries.integers().between(-20_000, 20_000).map(ms -> beat(base, ms))),
        Tuple.of(2, aggregate(base).map(Headless::new)),
        Tuple.of(1, Arbitraries.integers().between(0, 9_000).map(ms -> headlessBeat(base, ms))),
        Tuple.of(
            1,
            Arbitraries.integers()
                .between(0, 600_000)
                .map(missing -> beatWithEventsMissing(base, missing))),
        Tuple.of(1, Arbitraries.of("{", "{}x", "", "{\"ev\":\"A\",").map(Junk::new)));
  }

  /** Until the next heartbeat what was sent in the last so many milliseconds may still come. */
  private static Entry beatWithEventsMissing(int base, int millis) {
    long time = Log.START + base * 1000L;
    return new Beat(time, time, time - millis);
  }

  private static Entry headlessBeat(int base, int millis) {
    return new Headless(beatWithEventsMissing(base, millis));
  }

  private static Entry beat(int base, int millis) {
    long time = Log.START + base * 1000L + millis;
    return new Beat(time, time - Math.max(0, millis - 10_000) * 30L);
  }

  private static Arbitrary<Aggregate> aggregate(int base) {
    return Combinators.combine(
            Arbitraries.of("A", "B", "C.D"),
            Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(-8, 0)),
                Tuple.of(2, Arbitraries.integers().between(-150, 10)),
                Tuple.of(1, Arbitraries.integers().between(0, 25)),
                Tuple.of(1, Arbitraries.integers().between(0, 125))),
            Arbitraries.bigDecimals()
                .between(new BigDecimal("0.000001"), new BigDecimal("1000"))
                .ofScale(6),
            Arbitraries.bigDecimals().between(BigDecimal.ZERO, BigDecimal.ONE).ofScale(6),
            Arbitraries.bigDecimals().between(BigDecimal.ZERO, new BigDecimal("100000")).ofScale(6),
            Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false)),
            Arbitraries.of(0, 1, 7, 100),
            Arbitraries.integers().between(-400_000, 10_000))
        .as(
            (symbol, second, low, spread, volume, vwap, size, delay) -> {
              long now = Log.START + base * 1000L;
              long start = Math.max(Log.START - 600_000, now + second * 1000L);
              long received =
                  Math.min(start, now)
                      + 1000
                      + (delay < -390_000 ? delay : Math.floorMod(delay, 5_000));
              return new Aggregate(symbol, start, low, spread, volume, vwap, size, received);
            });
  }
}
