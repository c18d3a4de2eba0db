package org.marketanalytics.simulator;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.marketanalytics.simulator.feed.RestLimit;
import org.marketanalytics.simulator.market.Cluster;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the options allow; a converter says so when it is given something else. */
final class Ranges {
  private Ranges() {}

  private abstract static class Whole implements ITypeConverter<Integer> {
    private final int least;
    private final int most;

    Whole(int least, int most) {
      this.least = least;
      this.most = most;
    }

    @Override
    public Integer convert(String text) {
      try {
        int value = Integer.parseInt(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        // told below, as a number out of range is
      }
      throw notAllowed(text, "a whole number from " + least + " to " + most);
    }
  }

  /** A TCP port. */
  static final class Port extends Whole {
    Port() {
      super(0, 65_535);
    }
  }

  /** Connections. */
  static final class Connections extends Whole {
    Connections() {
      super(0, 1_000_000);
    }
  }

  /** MiB of a buffer. */
  static final class Mebibytes extends Whole {
    Mebibytes() {
      super(1, 4_096);
    }
  }

  /** Events of a frame. */
  static final class FrameEvents extends Whole {
    FrameEvents() {
      super(1, 10_000);
    }
  }

  /** Instruments of a market. */
  static final class SymbolCount extends Whole {
    SymbolCount() {
      super(1, 100_000);
    }
  }

  /** Events a second. */
  static final class Rate extends Whole {
    Rate() {
      super(1, 200_000);
    }
  }

  /** Quotes for a trade. */
  static final class QuoteCount extends Whole {
    QuoteCount() {
      super(0, 100);
    }
  }

  /** A seed. */
  static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        throw notAllowed(text, "a whole number of 64 bits");
      }
    }
  }

  /** Requests within a minute or a second. */
  static final class RequestLimit implements ITypeConverter<RestLimit> {
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})(?:/(MINUTE|SECOND))?");

    @Override
    public RestLimit convert(String text) {
      Matcher form = FORM.matcher(text.toUpperCase(Locale.ROOT));
      if (!form.matches()) {
        throw notAllowed(text, "a number from 1 to 999999 and /MINUTE or /SECOND, as in 5/MINUTE");
      }
      return new RestLimit(
          Integer.parseInt(form.group(1)),
          "SECOND".equals(form.group(2)) ? Duration.ofSeconds(1) : Duration.ofMinutes(1));
    }
  }

  /** A share of something. */
  static final class Share implements ITypeConverter<BigDecimal> {
    @Override
    public BigDecimal convert(String text) {
      try {
        BigDecimal value = new BigDecimal(text);
        if (value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0) {
          return value;
        }
      } catch (NumberFormatException e) {
        // told below, as a number out of range is
      }
      throw notAllowed(text, "a number from 0 to 1");
    }
  }

  /** A factor of time, 0 for no bound. */
  static final class Speed implements ITypeConverter<Double> {
    private static final double MOST = 1_000;

    @Override
    public Double convert(String text) {
      if (text.equals("max")) {
        return 0.0;
      }
      try {
        double value = Double.parseDouble(text);
        if (value >= 0 && value <= MOST) {
          return value;
        }
      } catch (NumberFormatException e) {
        // told below, as a number out of range is
      }
      throw notAllowed(text, "a number from 0 to 1000 or max");
    }
  }

  /** {@code on} or {@code off}. */
  static final class OnOff implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String text) {
      return switch (text) {
        case "on" -> true;
        case "off" -> false;
        default -> throw notAllowed(text, "one of on, off");
      };
    }
  }

  /** The name of a cluster. */
  static final class ClusterName implements ITypeConverter<Cluster> {
    @Override
    public Cluster convert(String text) {
      return Cluster.named(text)
          .orElseThrow(
              () ->
                  notAllowed(
                      text,
                      Arrays.stream(Cluster.values())
                          .map(Cluster::label)
                          .collect(Collectors.joining(", ", "one of ", ""))));
    }
  }

  /** A moment with its offset. */
  static final class Moment implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        Instant moment = OffsetDateTime.parse(text).toInstant();
        if (!moment.isBefore(Instant.EPOCH)) {
          return moment;
        }
      } catch (DateTimeException e) {
        // told below, as a moment too early is
      }
      throw notAllowed(text, "a moment since 1970 such as 2026-11-20T14:30:00Z");
    }
  }

  /** A length of time such as 100ms, 0.1s, 5m or 4h. */
  static final class Length implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)");

    @Override
    public Duration convert(String text) {
      Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
      if (!form.matches()) {
        throw notAllowed(text, "a number and a unit such as 100ms, 0.1s, 5m or 4h");
      }
      double unit =
          switch (form.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
          };
      Duration length = Duration.ofMillis(Math.round(Double.parseDouble(form.group(1)) * unit));
      if (length.toDays() > 7) {
        throw notAllowed(text, "at most 168h");
      }
      return length;
    }
  }

  private static TypeConversionException notAllowed(String text, String allowed) {
    return new TypeConversionException("'" + text + "' is not " + allowed);
  }
}
