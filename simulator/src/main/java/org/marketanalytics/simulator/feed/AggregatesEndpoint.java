package org.marketanalytics.simulator.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.LongPredicate;
import org.marketanalytics.simulator.market.Bar;
import org.marketanalytics.simulator.market.Cluster;
import org.marketanalytics.simulator.market.JsonBytes;

/** Answers with the aggregates that were sent, wider ones merged of them. */
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
    json.append(",\"results\":[");
    for (int i = 0; i < page.size(); i++) {
      json.append(i == 0 ? "" : ",");
      write(json, page.get(i), cluster);
    }
    json.append("],\"status\":\"OK\",\"request_id\":\"").append(Answer.requestId());
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
