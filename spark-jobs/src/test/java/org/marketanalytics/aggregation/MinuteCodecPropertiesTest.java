package org.marketanalytics.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.marketanalytics.aggregation.SaleConditions.Effect;

class MinuteCodecPropertiesTest {
  private static final long MOST = Decimals.LIMIT - 1;

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aMinuteOfAggregatesSurvivesTheState(
      @ForAll("seconds") List<Second> seconds, @ForAll @LongRange(min = 0) long received) {
    Minute minute = new Minute(Input.AGGREGATES, Log.START);
    long receipt = received;
    for (Second second : seconds) {
      minute.put(second, receipt);
      receipt = receipt * 31 & Long.MAX_VALUE;
    }

    requireSame(minute, decoded(Input.AGGREGATES, minute));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aMinuteOfTradesSurvivesTheState(@ForAll("trades") List<Trade> trades) throws Rejection {
    Minute minute = new Minute(Input.TRADES, Log.START);
    for (Trade trade : trades) {
      minute.merge(trade, trade.endMillis() + trade.sequence() % 1_000);
    }

    Minute decoded = decoded(Input.TRADES, minute);
    requireSame(minute, decoded);
    for (Trade trade : trades) {
      decoded.merge(trade, 0);
    }
    assertThat(decoded.changed()).as("every trade is known").isZero();
  }

  @Property
  void progressSurvivesTheState(@ForAll long clock, @ForAll long offset) {
    Settings settings = new Settings(Input.TRADES, Duration.ofSeconds(5), Duration.ofMinutes(2));
    Progress progress = new Progress(clock, clock / 2, offset, offset);

    assertThat(Progress.decode(progress.encode(settings), settings)).isEqualTo(progress);
  }

  @Example
  void refusesAStateOfAnotherFormat() {
    byte[] encoded =
        new MinuteCodec(Input.AGGREGATES).encode(new Minute(Input.AGGREGATES, Log.START), true);
    encoded[0] = 9;

    assertThatThrownBy(() -> new MinuteCodec(Input.AGGREGATES).decode(Log.START, encoded))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("format version 9, this job knows 1");
  }

  @Example
  void refusesToGoOnWithAnotherInput() {
    byte[] encoded =
        new MinuteCodec(Input.TRADES).encode(new Minute(Input.TRADES, Log.START), true);

    assertThatThrownBy(() -> new MinuteCodec(Input.AGGREGATES).decode(Log.START, encoded))
        .hasMessageContaining("made with input=trades, not input=aggregates");
  }

  @Example
  void readsTheProgressOfTheFirstVersion() {
    Settings settings = new Settings(Input.TRADES, Duration.ofSeconds(5), Duration.ofMinutes(2));
    Bytes former = new Bytes();
    former.writeByte(1);
    former.writeByte(settings.input().code());
    former.writeLong(settings.latenessMillis());
    former.writeLong(Log.START);
    former.writeLong(7);

    assertThat(Progress.decode(former.copy(), settings))
        .isEqualTo(new Progress(Log.START, Log.START, Heartbeat.ALL, 7));
  }

  @Example
  void readsTheProgressOfTheSecondVersion() {
    Settings settings = new Settings(Input.TRADES, Duration.ofSeconds(5), Duration.ofMinutes(2));
    Progress progress = new Progress(Log.START, Log.START - 1, Log.START - 1, 7);
    byte[] former = progress.encode(settings);
    former[0] = 2;

    assertThat(Progress.decode(former, settings)).isEqualTo(progress);
  }

  @Example
  void refusesTheProgressOfALaterVersion() {
    Settings settings = new Settings(Input.TRADES, Duration.ofSeconds(5), Duration.ofMinutes(2));
    byte[] encoded = Progress.START.encode(settings);
    encoded[0] = 4;

    assertThatThrownBy(() -> Progress.decode(encoded, settings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("format version 4, this job knows 1 to 3");
  }

  @Example
  void refusesToGoOnWithAnotherLateness() {
    Settings former = new Settings(Input.AGGREGATES, Duration.ofSeconds(5), Duration.ofMinutes(2));
    Settings later = new Settings(Input.AGGREGATES, Duration.ofSeconds(1), Duration.ofMinutes(3));
    byte[] encoded = new Progress(1, 1, 1, 2).encode(former);

    assertThatThrownBy(() -> Progress.decode(encoded, later))
        .hasMessageContaining("made with lateness=120s, not lateness=180s");
  }

  @Provide
  Arbitrary<List<Second>> seconds() {
    Arbitrary<Long> price = Arbitraries.longs().between(1, MOST);
    return Combinators.combine(
            Arbitraries.integers().between(0, 59),
            price.list().ofSize(4),
            Arbitraries.longs().between(0, MOST),
            Arbitraries.longs().between(-1, MOST),
            Arbitraries.longs().between(0, MOST))
        .as(MinuteCodecPropertiesTest::second)
        .list()
        .ofMaxSize(70);
  }

  private static Second second(
      int second, List<Long> prices, long volume, long notional, long trades) {
    long[] sorted = prices.stream().mapToLong(Long::longValue).sorted().toArray();
    boolean up = volume % 2 == 0;
    return new Second(
        "A",
        Log.START + second * 1000L,
        sorted[up ? 1 : 2],
        sorted[3],
        sorted[0],
        sorted[up ? 2 : 1],
        volume,
        notional < 0 ? Decimals.NONE : notional,
        trades);
  }

  @Provide
  Arbitrary<List<Trade>> trades() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 59_999),
            Arbitraries.longs().between(0, Long.MAX_VALUE),
            Arbitraries.longs(),
            Arbitraries.longs().between(1, MOST),
            Arbitraries.longs().between(0, MOST / 100),
            Arbitraries.of(
                Effect.VOLUME,
                Effect.HIGH_LOW,
                Effect.HIGH_LOW_AND_VOLUME,
                Effect.PRICES,
                Effect.EVERYTHING))
        .as(
            (millis, sequence, identity, price, size, effect) ->
                new Trade(
                    "A", Log.START + millis, sequence, identity, price, size, size / 2, effect))
        .list()
        .ofMaxSize(90);
  }

  private static Minute decoded(Input input, Minute minute) {
    return new MinuteCodec(input)
        .decode(minute.startMillis(), new MinuteCodec(input).encode(minute, true));
  }

  private static void requireSame(Minute minute, Minute decoded) {
    assertThat(decoded.present()).isEqualTo(minute.present());
    assertThat(used(decoded)).isEqualTo(used(minute));
    assertThat(decoded.bar("A", false)).isEqualTo(minute.bar("A", false));
  }

  private static long[] used(Minute minute) {
    return Arrays.copyOf(minute.cells(), Long.bitCount(minute.present()) * minute.width());
  }
}
