package org.marketanalytics.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.marketanalytics.aggregation.SaleConditions.Effect;

class MinuteTest {
  /** Of which one fits a second, and two do not. */
  private static final long LARGE = 60_000_000_000L;

  private final Minute minute = new Minute(Input.TRADES, Log.START);

  @Test
  void refusesATradeForWhichItsSecondHasNoRoom() throws Rejection {
    minute.merge(trade(1, LARGE, Effect.EVERYTHING), Log.START);

    assertThatThrownBy(() -> minute.merge(trade(2, LARGE, Effect.EVERYTHING), Log.START))
        .isInstanceOfSatisfying(
            Rejection.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OUT_OF_RANGE))
        .hasMessage("with this trade its second's volume is not below 100 billion");
    assertThat(bar().volume()).isEqualTo(LARGE * Decimals.ONE);
  }

  @Test
  void takesATradeThatComesAgainHoweverFullItsSecondIs() throws Rejection {
    minute.merge(trade(1, LARGE, Effect.EVERYTHING), Log.START);
    minute.merge(trade(1, LARGE, Effect.EVERYTHING), Log.START + 5);

    assertThat(bar().volume()).isEqualTo(LARGE * Decimals.ONE);
    assertThat(bar().revision()).isEqualTo(Log.START + 5);
  }

  @Test
  void countsNoSizeOfATradeThatAddsNoVolume() throws Rejection {
    minute.merge(trade(1, LARGE, Effect.EVERYTHING), Log.START);
    minute.merge(trade(2, LARGE, Effect.PRICES), Log.START);

    assertThat(bar().volume()).isEqualTo(LARGE * Decimals.ONE);
    assertThat(bar().trades()).isEqualTo(1);
  }

  @Test
  void hasNoAveragePriceWhereTheNotionalIsTooLargeWhateverTheOrder() throws Rejection {
    Trade half = trade(1, 1, LARGE, Effect.EVERYTHING);
    Trade other = trade(2, 1, LARGE, Effect.EVERYTHING);
    Minute reversed = new Minute(Input.TRADES, Log.START);
    minute.merge(half, Log.START);
    assertThat(bar().vwap()).isNotEqualTo(Decimals.NONE);
    minute.merge(other, Log.START);
    reversed.merge(other, Log.START);
    reversed.merge(half, Log.START);

    assertThat(bar().vwap()).isEqualTo(Decimals.NONE);
    assertThat(bar().volume()).isEqualTo(2 * Decimals.ONE);
    assertThat(reversed.bar("A", false)).isEqualTo(bar());
  }

  private Bar bar() {
    return minute.bar("A", false);
  }

  private static Trade trade(long identity, long size, Effect effect) {
    return trade(identity, size, size, effect);
  }

  private static Trade trade(long identity, long size, long notional, Effect effect) {
    return new Trade(
        "A",
        Log.START,
        0,
        identity,
        Decimals.ONE,
        size * Decimals.ONE,
        notional * Decimals.ONE,
        effect);
  }
}
