package org.marketanalytics.app.e2e;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rows that trades make, by their definition, slow and obvious: remove what came twice, look up
 * what the sale conditions allow, and compute every row from its trades. It shares no code with the
 * job.
 */
final class TradeOracle {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;

  /** Conditions of the consolidated tape that forbid something; every other allows everything. */
  private static final Set<Integer> NO_HIGH_LOW =
      Set.of(2, 7, 12, 13, 15, 16, 20, 21, 29, 37, 52, 53);

  private static final Set<Integer> NO_OPEN_CLOSE =
      Set.of(2, 5, 7, 10, 12, 13, 15, 16, 17, 20, 21, 22, 29, 32, 33, 37, 52, 53);
  private static final Set<Integer> NO_VOLUME = Set.of(15, 16, 38);

  /** A trade, and when it was received the last time. */
  private static final class Trade {
    private final long time;
    private final long sequence;
    private final BigDecimal price;
    private final BigDecimal size;
    private final List<Integer> conditions = new ArrayList<>();
    private long received;

    private Trade(JsonNode json) {
      time = json.get("t").longValue();
      sequence = json.get("q").longValue();
      price = json.get("p").decimalValue();
      size =
          json.has("ds")
              ? new BigDecimal(json.get("ds").textValue())
              : json.get("s").decimalValue();
      json.path("c").forEach(condition -> conditions.add(condition.intValue()));
    }

    private boolean highLow() {
      return conditions.stream().noneMatch(NO_HIGH_LOW::contains);
    }

    private boolean openClose() {
      return highLow() && conditions.stream().noneMatch(NO_OPEN_CLOSE::contains);
    }

    private boolean volume() {
      return conditions.stream().noneMatch(NO_VOLUME::contains);
    }

    private boolean counts() {
      return highLow() || volume();
    }

    private BigDecimal notional() {
      return price.multiply(size).setScale(6, RoundingMode.HALF_UP);
    }
  }

  private final SortedMap<String, Map<String, Trade>> symbols = new TreeMap<>();

  /** Takes a record; a trade is the same when symbol, exchange, facility and id are. */
  void add(byte[] event, long received) throws IOException {
    JsonNode json = JSON.readTree(event);
    String identity =
        "%s %s %s".formatted(json.get("x"), json.path("trfi").asInt(), json.get("i").asText());
    Trade trade =
        symbols
            .computeIfAbsent(json.get("sym").textValue(), s -> new HashMap<>())
            .computeIfAbsent(identity, i -> new Trade(json));
    trade.received = Math.max(trade.received, received);
  }

  /** How many trades there are. */
  int trades() {
    return symbols.values().stream().mapToInt(Map::size).sum();
  }

  /** Every bar as one line of its columns, final, in the order of the primary key. */
  List<String> bars() {
    List<String> rows = new ArrayList<>();
    symbols.forEach(
        (symbol, all) -> {
          NavigableMap<Long, List<Trade>> minutes = grouped(all, MINUTE);
          minutes.forEach(
              (start, trades) -> {
                if (trades.stream().anyMatch(Trade::openClose)) {
                  rows.add(bar(symbol, start, trades));
                }
              });
        });
    return rows;
  }

  private static String bar(String symbol, long start, List<Trade> trades) {
    List<Trade> prices = inOrder(trades, Trade::openClose);
    List<Trade> extremes = inOrder(trades, Trade::highLow);
    List<Trade> volumes = inOrder(trades, Trade::volume);
    BigDecimal volume = sum(volumes, t -> t.size);
    return row(
        symbol,
        start,
        start + MINUTE,
        six(prices.get(0).price),
        six(extreme(extremes, Comparator.naturalOrder())),
        six(extreme(extremes, Comparator.reverseOrder())),
        six(prices.get(prices.size() - 1).price),
        six(volume),
        volume.signum() == 0
            ? null
            : sum(volumes, Trade::notional).divide(volume, 6, RoundingMode.HALF_UP),
        volumes.size(),
        prices.stream().map(t -> t.time / SECOND).distinct().count(),
        revision(trades),
        1);
  }

  /** Every moving average at the multiples of {@code slide} (ms), as one line of its columns. */
  List<String> averages(long slide) {
    List<String> rows = new ArrayList<>();
    symbols.forEach(
        (symbol, all) -> {
          NavigableMap<Long, List<Trade>> seconds = grouped(all, SECOND);
          seconds.values().removeIf(trades -> trades.stream().noneMatch(Trade::openClose));
          long first = seconds.firstKey() / slide * slide + slide;
          for (long end = first; end <= seconds.lastKey() + MINUTE; end += slide) {
            var window = List.copyOf(seconds.subMap(end - MINUTE, end).values());
            if (!window.isEmpty()) {
              rows.add(average(symbol, end, window));
            }
          }
        });
    return rows;
  }

  private static String average(String symbol, long end, List<List<Trade>> seconds) {
    return row(
        symbol,
        end - MINUTE,
        end,
        mean(seconds, trades -> inOrder(trades, Trade::openClose).get(0).price),
        mean(
            seconds, trades -> extreme(inOrder(trades, Trade::highLow), Comparator.naturalOrder())),
        mean(
            seconds, trades -> extreme(inOrder(trades, Trade::highLow), Comparator.reverseOrder())),
        mean(
            seconds,
            trades -> {
              List<Trade> prices = inOrder(trades, Trade::openClose);
              return prices.get(prices.size() - 1).price;
            }),
        seconds.size(),
        revision(seconds.stream().flatMap(List::stream).toList()));
  }

  private static NavigableMap<Long, List<Trade>> grouped(Map<String, Trade> all, long step) {
    NavigableMap<Long, List<Trade>> groups = new TreeMap<>();
    for (Trade trade : all.values()) {
      groups.computeIfAbsent(trade.time / step * step, s -> new ArrayList<>()).add(trade);
    }
    return groups;
  }

  private static List<Trade> inOrder(List<Trade> trades, Predicate<Trade> which) {
    return trades.stream()
        .filter(which)
        .sorted(
            Comparator.<Trade>comparingLong(t -> t.time)
                .thenComparingLong(t -> t.sequence)
                .thenComparing(t -> t.price))
        .toList();
  }

  private static BigDecimal extreme(List<Trade> trades, Comparator<BigDecimal> order) {
    return trades.stream().map(t -> t.price).max(order).orElseThrow();
  }

  private static BigDecimal mean(
      List<List<Trade>> seconds, Function<List<Trade>, BigDecimal> price) {
    return seconds.stream()
        .map(price)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(BigDecimal.valueOf(seconds.size()), 6, RoundingMode.HALF_UP);
  }

  private static BigDecimal sum(List<Trade> trades, Function<Trade, BigDecimal> value) {
    return trades.stream().map(value).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** A trade that changes nothing is not what a row stands on. */
  private static long revision(List<Trade> trades) {
    return trades.stream().filter(Trade::counts).mapToLong(t -> t.received).max().orElseThrow();
  }

  private static BigDecimal six(BigDecimal value) {
    return value.setScale(6);
  }

  private static String row(Object... columns) {
    return String.join(
        ",",
        Stream.of(columns)
            .map(c -> c instanceof BigDecimal d ? d.toPlainString() : String.valueOf(c))
            .toList());
  }
}
