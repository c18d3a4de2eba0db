package org.marketanalytics.simulator.feed;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.marketanalytics.simulator.market.Cluster;
import org.marketanalytics.simulator.market.Session;
import org.marketanalytics.simulator.market.TradingCalendar;

/** Answers {@code /v1/marketstatus/now} and {@code /v1/marketstatus/upcoming}. */
final class MarketStatusEndpoint {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final boolean sessions;
  private final Supplier<Instant> clock;

  /**
   * @param sessions whether the market follows the sessions of the exchange; it is always open
   *     otherwise
   */
  MarketStatusEndpoint(boolean sessions, Supplier<Instant> clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /** The holidays and shortened days of the year from now on, of each exchange. */
  Answer upcoming() {
    LocalDate today = clock.get().atZone(TradingCalendar.NEW_YORK).toLocalDate();
    return Answer.ok(
        today
            .datesUntil(today.plusYears(1))
            .flatMap(day -> TradingCalendar.holiday(day).stream())
            .flatMap(MarketStatusEndpoint::entries)
            .collect(Collectors.joining(",", "[", "]")));
  }

  private static Stream<String> entries(TradingCalendar.Holiday holiday) {
    String hours =
        holiday
            .hours()
            .map(
                day ->
                    "\"open\":\"%s\",\"close\":\"%s\",\"status\":\"early-close\""
                        .formatted(MILLIS.format(day.open()), MILLIS.format(day.close())))
            .orElse("\"status\":\"closed\"");
    return Stream.of("NYSE", "NASDAQ")
        .map(
            exchange ->
                "{\"date\":\"%s\",\"exchange\":\"%s\",\"name\":\"%s\",%s}"
                    .formatted(holiday.day(), exchange, Json.escaped(holiday.name()), hours));
  }

  /** What is open. */
  Answer now() {
    Instant now = clock.get();
    Session stocks = sessions ? TradingCalendar.session(Cluster.STOCKS, now) : Session.REGULAR;
    Session forex = sessions ? TradingCalendar.session(Cluster.FOREX, now) : Session.REGULAR;
    String exchange = stocks.extended() ? "extended-hours" : open(stocks);
    ZonedDateTime time = now.truncatedTo(ChronoUnit.SECONDS).atZone(TradingCalendar.NEW_YORK);
    return Answer.ok(
        """
        {"afterHours":%b,"currencies":{"crypto":"open","fx":"%s"},"earlyHours":%b,\
        "exchanges":{"nasdaq":"%s","nyse":"%s","otc":"%s"},"market":"%s","serverTime":"%s"}"""
            .formatted(
                stocks == Session.AFTER_HOURS,
                open(forex),
                stocks == Session.PRE_MARKET,
                exchange,
                exchange,
                exchange,
                exchange,
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time)));
  }

  private static String open(Session session) {
    return session == Session.CLOSED ? "closed" : "open";
  }
}
