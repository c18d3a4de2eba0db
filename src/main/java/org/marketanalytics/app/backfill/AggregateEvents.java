package org.marketanalytics.app.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Makes the event of a second ({@code A}, {@code XAS}, {@code CAS}) out of a result of {@code
 * /v2/aggs}: the same numbers, so that rows made of it equal those of the live event. What is of
 * the whole day ({@code av dav op a}) is in no result, and no row needs it.
 */
final class AggregateEvents implements ResultReader {
  private static final int SECOND_MILLIS = 1_000;
  private static final int COIN_DECIMALS = 8;

  private final FeedCluster cluster;

  AggregateEvents(FeedCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public long read(JsonNode result, String symbol, ObjectNode event) {
    long start = ResultReader.whole(result, "t");
    event.put("ev", cluster.aggregates()).put(cluster.symbolField(), symbol);
    switch (cluster) {
      case STOCKS -> {
        BigDecimal volume = ResultReader.decimal(result, "v");
        event.put("v", volume.setScale(0, RoundingMode.DOWN));
        average(event, result, volume, 0);
        event.put("dv", volume.toPlainString());
      }
      case OPTIONS -> {
        BigDecimal volume = ResultReader.decimal(result, "v");
        event.put("v", volume);
        average(event, result, volume, 0);
      }
      case CRYPTO -> {
        BigDecimal volume = ResultReader.decimal(result, "v");
        event.put("v", volume);
        average(event, result, volume, COIN_DECIMALS);
      }
      // their events tell neither an average price nor a size of trades
      case FOREX -> event.put("v", ResultReader.decimal(result, "v"));
      case INDICES -> {}
    }
    for (String price : new String[] {"o", "c", "h", "l"}) {
      event.put(price, ResultReader.decimal(result, price));
    }
    event.put("s", start).put("e", start + SECOND_MILLIS);
    return start;
  }

  /** The average price, and the average size of a trade: {@code z} = v / n, rounded down. */
  private static void average(ObjectNode event, JsonNode result, BigDecimal volume, int decimals) {
    if (result.path("vw").isNumber()) {
      event.put("vw", result.get("vw").decimalValue());
    }
    BigDecimal trades = result.path("n").decimalValue();
    if (trades.signum() > 0) {
      event.put("z", volume.divide(trades, decimals, RoundingMode.DOWN));
    }
  }
}
