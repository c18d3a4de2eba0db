package org.marketanalytics.app.e2e;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The numbers by their definition, slow and obvious: keep the newest version of each second, then
 * compute every row from scratch in decimals. It shares no code with the job.
 */
final class Oracle {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final long MINUTE = 60_000;

  /**
   * A one-second aggregate with the time in ms at which its record was received; its notional is
   * null when the average price is not known.
   */
  record Second(
      long start,
      BigDecimal open,
      BigDecimal high,
      BigDecimal low,
      BigDecimal close,
      BigDecimal volume,
      BigDecimal notional,
      long trades,
      long received) {

    static Second of(byte[] event, long received) throws IOException {
      JsonNode json = JSON.readTree(event);
      BigDecimal volume = new BigDecimal(json.get("dv").asText());
      BigDecimal tradeSize = json.get("z").decimalValue();
      return new Second(
          json.get("s").longValue(),
          json.get("o").decimalValue(),
          json.get("h").decimalValue(),
          json.get("l").decimalValue(),
          json.get("c").decimalValue(),
          volume,
          volume.multiply(json.get("vw").decimalValue()).setScale(6, RoundingMode.HALF_UP),
          tradeSize.signum() == 0
              ? 1
              : volume.divide(tradeSize, 0, RoundingMode.HALF_UP).max(BigDecimal.ONE).longValue(),
          received);
    }
  }

  private final SortedMap<String, NavigableMap<Long, Second>> seconds = new TreeMap<>();
  private final ToLongFunction<String> clocks;
  private final long lateness;

  /** The rows in the end, when every bar is final. */
  Oracle() {
    this(symbol -> Long.MAX_VALUE, Duration.ZERO);
  }

  /**
   * The rows while time goes on: an average is there once the clock has reached its end, and a bar
   * final once the clock has reached its end plus the lateness.
   *
   * @param clocks how far (ms) the partition of a symbol has come
   */
  Oracle(ToLongFunction<String> clocks, Duration lateness) {
    this.clocks = clocks;
    this.lateness = lateness.toMillis();
  }

  /**
   * Takes the next record of a symbol; of one second the version received last stays, of two
   * received at once the one that comes later.
   */
  void add(String symbol, Second second) {
    seconds
        .computeIfAbsent(symbol, s -> new TreeMap<>())
        .merge(
            second.start(), second, (old, next) -> next.received() < old.received() ? old : next);
  }

  /** Every bar as one line of its columns, in the order of the primary key. */
  List<String> bars() {
    List<String> rows = new ArrayList<>();
    seconds.forEach(
        (symbol, all) -> {
          for (long start = floor(all.firstKey(), MINUTE);
              start <= all.lastKey();
              start += MINUTE) {
            var window = List.copyOf(all.subMap(start, start + MINUTE).values());
            if (!window.isEmpty()) {
              rows.add(bar(symbol, start, window));
            }
          }
        });
    return rows;
  }

  private String bar(String symbol, long start, List<Second> window) {
    BigDecimal volume = sum(window, Second::volume);
    return row(
        symbol,
        start,
        start + MINUTE,
        window.get(0).open().setScale(6),
        window.stream().map(Second::high).max(BigDecimal::compareTo).orElseThrow().setScale(6),
        window.stream().map(Second::low).min(BigDecimal::compareTo).orElseThrow().setScale(6),
        window.get(window.size() - 1).close().setScale(6),
        volume.setScale(6),
        window.stream().anyMatch(second -> second.notional() == null)
            ? null
            : sum(window, Second::notional).divide(volume, 6, RoundingMode.HALF_UP),
        window.stream().mapToLong(Second::trades).sum(),
        window.size(),
        revision(window),
        start + MINUTE <= clocks.applyAsLong(symbol) - lateness ? 1 : 0);
  }

  /** Every moving average at the multiples of {@code slide} (ms), as one line of its columns. */
  List<String> averages(long slide) {
    List<String> rows = new ArrayList<>();
    seconds.forEach(
        (symbol, all) -> {
          long last = Math.min(all.lastKey() + MINUTE, clocks.applyAsLong(symbol));
          for (long end = floor(all.firstKey(), slide) + slide; end <= last; end += slide) {
            var window = List.copyOf(all.subMap(end - MINUTE, end).values());
            if (!window.isEmpty()) {
              rows.add(
                  row(
                      symbol,
                      end - MINUTE,
                      end,
                      mean(window, Second::open),
                      mean(window, Second::high),
                      mean(window, Second::low),
                      mean(window, Second::close),
                      window.size(),
                      revision(window)));
            }
          }
        });
    return rows;
  }

  private static BigDecimal mean(List<Second> window, Function<Second, BigDecimal> price) {
    return sum(window, price).divide(BigDecimal.valueOf(window.size()), 6, RoundingMode.HALF_UP);
  }

  private static BigDecimal sum(List<Second> window, Function<Second, BigDecimal> value) {
    return window.stream().map(value).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static long revision(List<Second> window) {
    return window.stream().mapToLong(Second::received).max().orElseThrow();
  }

  private static long floor(long millis, long step) {
    return Math.floorDiv(millis, step) * step;
  }

  private static String row(Object... columns) {
    List<String> text = new ArrayList<>();
    for (Object column : columns) {
      text.add(column instanceof BigDecimal d ? d.toPlainString() : String.valueOf(column));
    }
    return String.join(",", text);
  }
}
