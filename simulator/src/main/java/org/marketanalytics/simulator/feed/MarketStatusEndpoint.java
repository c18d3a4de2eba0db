package org.marketanalytics.simulator.feed;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.marketanalytics.simulator.market.Cluster;
import org.marketanalytics.simulator.market.Session;
import org.marketanalytics.simulator.market.TradingCalendar;

/** Answers {@code /v1/marketstatus/now}. */
final class MarketStatusEndpoint {
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

  Answer answer() {
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
