package org.marketanalytics.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The figures of a timed run. Null is what cannot be known: what the real feed sent, or the
 * freshness of a replay of the past.
 *
 * @param eventsSent events that the simulator wrote to the pipeline
 * @param rawRecords records of this run on the raw topic, without heartbeats
 * @param aggregatedRecords records of this run on the aggregated topic
 * @param barsRows rows of the table at the end, earlier runs' included
 * @param movingAveragesRows rows of the table at the end, earlier runs' included
 * @param deadLetters records of this run on the dead-letter topic
 * @param freshnessP50Millis see {@link Freshness}
 * @param freshnessP99Millis see {@link Freshness}
 * @param readySeconds from the start of the command until a row could be read that was at most 3 s
 *     old
 * @param rssMib the greatest resident memory of all processes together
 */
record Summary(
    Long eventsSent,
    long rawRecords,
    long aggregatedRecords,
    long barsRows,
    long movingAveragesRows,
    long deadLetters,
    Long freshnessP50Millis,
    Long freshnessP99Millis,
    double readySeconds,
    long rssMib) {

  /** What is wrong with the figures, in one line; empty when nothing is. */
  String complaint() {
    if (eventsSent != null && eventsSent != rawRecords) {
      return "%d events were sent, %d are on %s".formatted(eventsSent, rawRecords, Topics.RAW);
    }
    if (rawRecords == 0 || aggregatedRecords == 0) {
      return "nothing came through: %d raw, %d aggregated records"
          .formatted(rawRecords, aggregatedRecords);
    }
    if (barsRows == 0 || movingAveragesRows == 0) {
      return "a table is empty: %d bars, %d moving averages"
          .formatted(barsRows, movingAveragesRows);
    }
    if (deadLetters > 0) {
      return "%d records are on %s".formatted(deadLetters, Topics.DEAD_LETTER);
    }
    return "";
  }

  /** A line for each figure. */
  String table() {
    Map<String, String> figures = figures();
    int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
    return figures.entrySet().stream()
        .map(
            figure ->
                "  %%-%ds  %%12s%%n".formatted(width).formatted(figure.getKey(), figure.getValue()))
        .collect(Collectors.joining());
  }

  /** One JSON object. */
  String json() {
    return figures().entrySet().stream()
        .map(figure -> "  \"%s\": %s".formatted(figure.getKey(), figure.getValue()))
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  private Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("events_sent", String.valueOf(eventsSent));
    figures.put("raw_records", Long.toString(rawRecords));
    figures.put("aggregated_records", Long.toString(aggregatedRecords));
    figures.put("bars_rows", Long.toString(barsRows));
    figures.put("moving_averages_rows", Long.toString(movingAveragesRows));
    figures.put("dead_letters", Long.toString(deadLetters));
    figures.put("freshness_p50_ms", String.valueOf(freshnessP50Millis));
    figures.put("freshness_p99_ms", String.valueOf(freshnessP99Millis));
    figures.put("ready_s", "%.1f".formatted(readySeconds).replace(',', '.'));
    figures.put("rss_mib", Long.toString(rssMib));
    return figures;
  }
}
