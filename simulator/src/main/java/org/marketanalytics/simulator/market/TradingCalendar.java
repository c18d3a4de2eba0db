package org.marketanalytics.simulator.market;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/**
 * The hours of the New York exchanges, holidays and early closes included. Rules: NYSE rule 7.2 and
 * its published calendars; closures by decree are not known here.
 */
public final class TradingCalendar {
  /** The exchange's time zone. */
  public static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static final LocalTime EARLIEST = LocalTime.of(4, 0);
  private static final LocalTime OPEN = LocalTime.of(9, 30);
  private static final LocalTime CLOSE = LocalTime.of(16, 0);
  private static final LocalTime LATEST = LocalTime.of(20, 0);
  private static final LocalTime EARLY_CLOSE = LocalTime.of(13, 0);
  private static final LocalTime EARLY_LATEST = LocalTime.of(17, 0);
  private static final LocalTime FOREX_WEEK = LocalTime.of(17, 0);

  private TradingCalendar() {}

  /** The session of a cluster at a moment. */
  public static Session session(Cluster cluster, Instant moment) {
    ZonedDateTime time = moment.atZone(NEW_YORK);
    return switch (cluster) {
      case CRYPTO -> Session.REGULAR;
      case FOREX -> forex(time);
      case STOCKS -> stocks(time);
      case OPTIONS, INDICES -> stocks(time) == Session.REGULAR ? Session.REGULAR : Session.CLOSED;
    };
  }

  /**
   * A day that is none of the usual trading days, weekends not counted.
   *
   * @param hours when it is traded all the same; empty if the exchanges are closed
   */
  public record Holiday(LocalDate day, String name, Optional<Hours> hours) {}

  /** When the regular session of a day begins and ends. */
  public record Hours(Instant open, Instant close) {}

  /** The holiday or shortened day that a day is. */
  public static Optional<Holiday> holiday(LocalDate day) {
    if (shortened(day)) {
      Hours hours =
          new Hours(
              day.atTime(OPEN).atZone(NEW_YORK).toInstant(),
              day.atTime(EARLY_CLOSE).atZone(NEW_YORK).toInstant());
      String name =
          switch (day.getMonth()) {
            case JULY -> "Independence Day";
            case NOVEMBER -> "Thanksgiving";
            default -> "Christmas";
          };
      return Optional.of(new Holiday(day, name, Optional.of(hours)));
    }
    return nameOf(day)
        .filter(name -> !weekend(day))
        .map(name -> new Holiday(day, name, Optional.empty()));
  }

  /** Whether the exchanges close for the whole day, weekends included. */
  static boolean closed(LocalDate day) {
    return weekend(day) || nameOf(day).isPresent();
  }

  private static Optional<String> nameOf(LocalDate day) {
    int year = day.getYear();
    return Optional.ofNullable(
        switch (day.getMonth()) {
          case JANUARY ->
              day.equals(newYear(year))
                  ? "New Year's Day"
                  : named(day, nth(day, Month.JANUARY, 3), "Martin Luther King, Jr. Day");
          case FEBRUARY -> named(day, nth(day, Month.FEBRUARY, 3), "Washington's Birthday");
          case MARCH, APRIL -> named(day, easter(year).minusDays(2), "Good Friday");
          case MAY -> named(day, last(day, Month.MAY, DayOfWeek.MONDAY), "Memorial Day");
          case JUNE -> named(day, observed(LocalDate.of(year, Month.JUNE, 19)), "Juneteenth");
          case JULY -> named(day, observed(LocalDate.of(year, Month.JULY, 4)), "Independence Day");
          case SEPTEMBER -> named(day, nth(day, Month.SEPTEMBER, 1), "Labor Day");
          case NOVEMBER -> named(day, thanksgiving(day), "Thanksgiving");
          case DECEMBER ->
              named(day, observed(LocalDate.of(year, Month.DECEMBER, 25)), "Christmas");
          default -> null;
        });
  }

  private static String named(LocalDate day, LocalDate holiday, String name) {
    return day.equals(holiday) ? name : null;
  }

  private static LocalDate nth(LocalDate year, Month month, int n) {
    return nth(year, month, n, DayOfWeek.MONDAY);
  }

  /**
   * Whether the exchanges close at 13:00: before Independence Day, after Thanksgiving, on Christmas
   * Eve.
   */
  static boolean shortened(LocalDate day) {
    int month = day.getMonthValue();
    int date = day.getDayOfMonth();
    return !closed(day)
        && ((month == 7 && date == 3)
            || day.equals(thanksgiving(day).plusDays(1))
            || (month == 12 && date == 24));
  }

  private static Session stocks(ZonedDateTime time) {
    LocalDate day = time.toLocalDate();
    if (closed(day)) {
      return Session.CLOSED;
    }
    boolean early = shortened(day);
    LocalTime now = time.toLocalTime();
    if (now.isBefore(EARLIEST) || !now.isBefore(early ? EARLY_LATEST : LATEST)) {
      return Session.CLOSED;
    }
    if (now.isBefore(OPEN)) {
      return Session.PRE_MARKET;
    }
    return now.isBefore(early ? EARLY_CLOSE : CLOSE) ? Session.REGULAR : Session.AFTER_HOURS;
  }

  /** Currencies trade from Sunday 17:00 to Friday 17:00 in New York. */
  private static Session forex(ZonedDateTime time) {
    boolean evening = !time.toLocalTime().isBefore(FOREX_WEEK);
    boolean open =
        switch (time.getDayOfWeek()) {
          case SATURDAY -> false;
          case SUNDAY -> evening;
          case FRIDAY -> !evening;
          default -> true;
        };
    return open ? Session.REGULAR : Session.CLOSED;
  }

  private static boolean weekend(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  /** New Year's Day on a Saturday is not made up for on the Friday, which is in the old year. */
  private static LocalDate newYear(int year) {
    LocalDate day = LocalDate.of(year, Month.JANUARY, 1);
    return day.getDayOfWeek() == DayOfWeek.SUNDAY ? day.plusDays(1) : day;
  }

  private static LocalDate observed(LocalDate day) {
    return switch (day.getDayOfWeek()) {
      case SATURDAY -> day.minusDays(1);
      case SUNDAY -> day.plusDays(1);
      default -> day;
    };
  }

  private static LocalDate nth(LocalDate year, Month month, int n, DayOfWeek weekday) {
    return LocalDate.of(year.getYear(), month, 1)
        .with(TemporalAdjusters.dayOfWeekInMonth(n, weekday));
  }

  private static LocalDate last(LocalDate year, Month month, DayOfWeek weekday) {
    return LocalDate.of(year.getYear(), month, 1).with(TemporalAdjusters.lastInMonth(weekday));
  }

  private static LocalDate thanksgiving(LocalDate year) {
    return nth(year, Month.NOVEMBER, 4, DayOfWeek.THURSDAY);
  }

  /** Easter Sunday by the anonymous Gregorian computus (Meeus, Jones, Butcher). */
  private static LocalDate easter(int year) {
    int golden = year % 19;
    int century = year / 100;
    int rest = year % 100;
    int epact =
        (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    int shift = (golden + 11 * epact + 22 * weekday) / 451;
    int day = epact + weekday - 7 * shift + 114;
    return LocalDate.of(year, day / 31, day % 31 + 1);
  }
}
