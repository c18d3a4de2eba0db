package org.marketanalytics.simulator.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.LongPredicate;
import org.marketanalytics.simulator.market.Bar;
import org.marketanalytics.simulator.market.Cluster;
import org.marketanalytics.simulator.market.JsonBytes;

/**
 * Answers {@code /v2/aggs/…} with the aggregates that were sent, in the last version where one was
 * revised, and wider ones merged of them. They are all there whether a client got them or not, as
 * far back as {@link BarHistory} reaches.
 *
 * <p>A client makes the event of second {@code A} (crypto {@code XAS}, forex {@code CAS}) out of a
 * result so: {@code o h l c vw} are the same, as text too; {@code s} is {@code t} and {@code e} is
 * {@code t + 1000}; {@code dv} is {@code v} as text and {@code v} is it rounded down to a whole
 * number (crypto and forex have no {@code dv}, and {@code v} as it is). The average size of a trade
 * is
 *
 * <pre>z = v / n, rounded down to a whole number; for crypto to eight decimals</pre>
 *
 * so {@code z} can be 0 where shares are fractional. Whoever computes {@code round(v / z)} trades
 * of the live event computes the same of this one. What is of the whole day ({@code av dav op a})
 * is not in a result. {@code n} is the exact count of the trades in {@code v}; of a recording,
 * which has only {@code z}, it is a count of which the rule above makes the same {@code z}.
 */
final class AggregatesEndpoint {
  private static final long MINUTE = 60_000;

  private final Collection<BarHistory> histories;

  AggregatesEndpoint(Collection<BarHistory> histories) {
    this.histories = List.copyOf(histories);
  }

  /**
   * The page of results.
   *
   * @param base scheme, host and port that the address of the next page begins with
   */
  Answer answer(AggregatesRequest request, String base) {
    for (BarHistory history : histories) {
      List<Bar> bars = bars(history, request);
      if (!bars.isEmpty()) {
        return page(bars, history.cluster(), request, base);
      }
    }
    return page(List.of(), Cluster.STOCKS, request, base);
  }

  private static List<Bar> bars(BarHistory history, AggregatesRequest request) {
    long window = request.windowMillis();
    LongPredicate inRange =
        start -> {
          long first = Math.floorDiv(start, window) * window;
          return first >= request.fromMillis() && first <= request.toMillis();
        };
    List<Bar> bars =
        window % MINUTE == 0
            ? history.minutes(request.ticker(), inRange)
            : history.seconds(request.ticker(), inRange);
    return merged(bars, window);
  }

  private static List<Bar> merged(List<Bar> bars, long window) {
    List<Bar> merged = new ArrayList<>();
    for (Bar bar : bars) {
      Bar last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && bar.startMillis() < last.startMillis() + window) {
        merged.set(merged.size() - 1, last.and(bar));
      } else {
        merged.add(bar.startingAt(Math.floorDiv(bar.startMillis(), window) * window));
      }
    }
    return merged;
  }

  private static Answer page(
      List<Bar> bars, Cluster cluster, AggregatesRequest request, String base) {
    List<Bar> ordered = new ArrayList<>(bars);
    if (!request.ascending()) {
      Collections.reverse(ordered);
    }
    List<Bar> page = ordered.subList(0, Math.min(ordered.size(), request.limit()));
    JsonBytes json = new JsonBytes(200 + page.size() * 120);
    json.append("{\"ticker\":\"").append(Json.escaped(request.ticker()));
    json.append("\",\"queryCount\":").number(page.size());
    json.append(",\"resultsCount\":").number(page.size());
    json.append(",\"adjusted\":").append(Boolean.toString(request.adjusted()));
    // without results the real interface leaves them out
    for (int i = 0; i < page.size(); i++) {
      json.append(i == 0 ? ",\"results\":[" : ",");
      write(json, page.get(i), cluster);
    }
    json.append(page.isEmpty() ? "" : "]");
    json.append(",\"status\":\"OK\",\"request_id\":\"").append(Answer.requestId());
    json.append("\",\"count\":").number(page.size());
    if (page.size() < ordered.size()) {
      String next = request.next(page.get(page.size() - 1).startMillis());
      json.append(",\"next_url\":\"").append(Json.escaped(base + next)).append('"');
    }
    return Answer.ok(json.append('}').toString());
  }

  private static void write(JsonBytes json, Bar bar, Cluster cluster) {
    int decimals = cluster.priceDecimals();
    json.append("{\"v\":").decimal(bar.volume(), cluster.sizeDecimals());
    json.append(",\"vw\":").decimal(bar.vwap(), decimals);
    json.append(",\"o\":").decimal(bar.open(), decimals);
    json.append(",\"c\":").decimal(bar.close(), decimals);
    json.append(",\"h\":").decimal(bar.high(), decimals);
    json.append(",\"l\":").decimal(bar.low(), decimals);
    json.append(",\"t\":").number(bar.startMillis());
    json.append(",\"n\":").number(bar.trades()).append('}');
  }
}
