package org.marketanalytics.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradingCalendarTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-20T08:59:59Z,CLOSED",
    "2026-11-20T09:00:00Z,PRE_MARKET",
    "2026-11-20T14:29:59Z,PRE_MARKET",
    "2026-11-20T14:30:00Z,REGULAR",
    "2026-11-20T20:59:59Z,REGULAR",
    "2026-11-20T21:00:00Z,AFTER_HOURS",
    "2026-11-21T00:59:59Z,AFTER_HOURS",
    "2026-11-21T01:00:00Z,CLOSED",
    "2026-07-20T13:30:00Z,REGULAR"
  })
  void followsTheSessionsInNewYorkTime(String moment, Session session) {
    assertThat(TradingCalendar.session(Cluster.STOCKS, Instant.parse(moment))).isEqualTo(session);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-27T17:59:59Z,REGULAR",
    "2026-11-27T18:00:00Z,AFTER_HOURS",
    "2026-11-27T22:00:00Z,CLOSED"
  })
  void closesEarlyAfterThanksgiving(String moment, Session session) {
    assertThat(TradingCalendar.session(Cluster.STOCKS, Instant.parse(moment))).isEqualTo(session);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01", "2026-01-19", "2026-02-16", "2026-04-03", "2026-05-25", "2026-06-19",
        "2026-07-03", "2026-09-07", "2026-11-26", "2026-12-25", "2025-04-18", "2027-12-24",
        "2026-11-21", "2026-11-22"
      })
  void knowsHolidaysAndWeekends(LocalDate day) {
    assertThat(TradingCalendar.closed(day)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2021-12-31", "2026-11-20", "2026-10-12", "2026-11-11"})
  void knowsTradingDays(LocalDate day) {
    assertThat(TradingCalendar.closed(day)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-07-03", "2026-11-27", "2026-12-24"})
  void knowsShortenedDays(LocalDate day) {
    assertThat(TradingCalendar.shortened(day)).isTrue();
  }

  @Test
  void tradesCurrenciesFromSundayToFridayEveningAndCryptoAlways() {
    Instant saturday = Instant.parse("2026-11-21T15:00:00Z");

    assertThat(TradingCalendar.session(Cluster.FOREX, saturday)).isEqualTo(Session.CLOSED);
    assertThat(TradingCalendar.session(Cluster.FOREX, Instant.parse("2026-11-22T22:00:00Z")))
        .isEqualTo(Session.REGULAR);
    assertThat(TradingCalendar.session(Cluster.FOREX, Instant.parse("2026-11-20T22:00:00Z")))
        .isEqualTo(Session.CLOSED);
    assertThat(TradingCalendar.session(Cluster.CRYPTO, saturday)).isEqualTo(Session.REGULAR);
    assertThat(TradingCalendar.session(Cluster.OPTIONS, Instant.parse("2026-11-20T10:00:00Z")))
        .isEqualTo(Session.CLOSED);
  }
}
