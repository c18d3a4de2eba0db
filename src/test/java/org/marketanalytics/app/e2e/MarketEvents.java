package org.marketanalytics.app.e2e;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes events as the feed writes them, with fractional volumes and prices around the symbol's. */
final class MarketEvents {

  private static final Pattern SYMBOL = Pattern.compile("\"sym\":\"([^\"]*)\"");

  private final Random random;

  MarketEvents(Random random) {
    this.random = random;
  }

  /** The events of each symbol, in their order. */
  static Map<String, List<String>> bySymbol(List<String> events) {
    return events.stream().collect(groupingBy(MarketEvents::symbol));
  }

  private static String symbol(String event) {
    Matcher symbol = SYMBOL.matcher(event);
    assertThat(symbol.find()).isTrue();
    return symbol.group(1);
  }

  /** The aggregate of one second; no two are equal. */
  String second(String symbol, long from) {
    BigDecimal open = price(symbol);
    BigDecimal close = price(symbol);
    BigDecimal high = open.max(close).add(BigDecimal.valueOf(random.nextInt(5), 2));
    BigDecimal low = open.min(close).subtract(BigDecimal.valueOf(random.nextInt(5), 4));
    BigDecimal volume = BigDecimal.valueOf(1 + random.nextInt(5_000_000), 6 - random.nextInt(5));
    BigDecimal vwap = high.add(low).divide(BigDecimal.valueOf(2), 4, RoundingMode.HALF_UP);
    int tradeSize = 1 + random.nextInt(90);
    return String.format(
        Locale.ROOT,
        "{\"ev\":\"A\",\"sym\":\"%s\",\"v\":%d,\"av\":1000,\"op\":%s,\"vw\":%s,\"o\":%s,\"c\":%s,\"h\":%s,\"l\":%s,"
            + "\"a\":%s,\"z\":%d,\"s\":%d,\"e\":%d,\"dv\":\"%s\",\"dav\":\"1000.5\"}",
        symbol,
        volume.longValue(),
        open,
        vwap,
        open,
        close,
        high,
        low,
        vwap,
        tradeSize,
        from,
        from + 1000,
        volume.toPlainString());
  }

  /** The aggregate of one minute, which no row is made of. */
  String minute(String symbol, long from) {
    return second(symbol, from)
        .replace("\"ev\":\"A\"", "\"ev\":\"AM\"")
        .replace("\"e\":" + (from + 1000), "\"e\":" + (from + 60_000));
  }

  /** A trade of 40 shares. */
  String trade(String symbol, long at) {
    return String.format(
        Locale.ROOT,
        "{\"ev\":\"T\",\"sym\":\"%s\",\"i\":\"%d\",\"x\":4,\"p\":%s,\"s\":%d,\"t\":%d,\"q\":%d,\"z\":3,\"ds\":\"40.0\"}",
        symbol,
        random.nextInt(1_000_000),
        price(symbol),
        40,
        at,
        random.nextInt(10_000_000));
  }

  private BigDecimal price(String symbol) {
    int cents = Stream.of(symbol.split("")).mapToInt(c -> c.charAt(0)).sum() * 50;
    return BigDecimal.valueOf((cents + random.nextInt(300)) * 100L + random.nextInt(2) * 25L, 4);
  }
}
