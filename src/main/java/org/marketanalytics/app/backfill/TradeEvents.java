package org.marketanalytics.app.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Makes a trade ({@code T}, {@code XT}) out of a result of {@code /v3/trades}, with the fields by
 * which the job knows one that came live before.
 */
final class TradeEvents implements ResultReader {
  private static final long NANOS_OF_A_MILLI = 1_000_000;

  private final FeedCluster cluster;

  TradeEvents(FeedCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public long read(JsonNode result, String symbol, ObjectNode event) {
    boolean crypto = cluster == FeedCluster.CRYPTO;
    String time = crypto ? "participant_timestamp" : "sip_timestamp";
    long millis = ResultReader.whole(result, time) / NANOS_OF_A_MILLI;
    event.put("ev", cluster.trades()).put(cluster.symbolField(), symbol);
    event.put("t", millis);
    event.put("p", ResultReader.decimal(result, "price"));
    event.put("s", ResultReader.decimal(result, "size"));
    copy(result, "id", event, "i");
    copy(result, "exchange", event, "x");
    copy(result, "conditions", event, "c");
    if (!crypto) {
      copy(result, "sequence_number", event, "q");
      copy(result, "tape", event, "z");
      copy(result, "trf_id", event, "trfi");
      copyMillis(result, "trf_timestamp", event, "trft");
      copyMillis(result, "participant_timestamp", event, "pt");
      copy(result, "decimal_size", event, "ds");
    }
    return millis;
  }

  private static void copy(JsonNode result, String from, ObjectNode event, String to) {
    if (result.hasNonNull(from)) {
      event.set(to, result.get(from));
    }
  }

  private static void copyMillis(JsonNode result, String from, ObjectNode event, String to) {
    if (result.path(from).isIntegralNumber()) {
      event.put(to, result.get(from).longValue() / NANOS_OF_A_MILLI);
    }
  }
}
