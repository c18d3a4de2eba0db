package org.marketanalytics.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The figures of a timed run. Null is what cannot be known: what the real feed sent, or the
 * freshness of a replay of the past.
 *
 * @param eventsSent events that the simulator wrote to the pipeline, without malformed lines of a
 *     replay
 * @param rawRecords records of this run on the raw topic, without heartbeats
 * @param aggregatedRecords records of this run on the aggregated topic
 * @param barsRows rows of the table at the end, earlier runs' included
 * @param movingAveragesRows rows of the table at the end, earlier runs' included
 * @param deadLetters records of this run on the dead-letter topic
 * @param freshnessP50Millis see {@link Freshness}
 * @param freshnessP99Millis see {@link Freshness}
 * @param readySeconds from the start of the command until a row could be read that was at most 3 s
 *     old
 * @param rssMib the greatest resident memory of all processes together; null when it could not be
 *     measured
 * @param ofRun rows of the tables at the end that stand on events of this run
 * @param bars rows of bars that this run's records make; null when there are too many to tell
 * @param movingAverages the same of the moving averages
 * @param ofNow whether the events are of now and come all the time, so that there is a freshness
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
    Long rssMib,
    Tables ofRun,
    Long bars,
    Long movingAverages,
    boolean ofNow) {

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
    if (ofRun.bars() == 0 || ofRun.movingAverages() == 0) {
      return "a table got no row of this run: %d bars, %d moving averages"
          .formatted(ofRun.bars(), ofRun.movingAverages());
    }
    if (bars != null && bars != ofRun.bars()) {
      return "the records of this run make %d bars, the table holds %d"
          .formatted(bars, ofRun.bars());
    }
    if (movingAverages != null && movingAverages != ofRun.movingAverages()) {
      return "the records of this run make %d moving averages, the table holds %d"
          .formatted(movingAverages, ofRun.movingAverages());
    }
    if (ofNow && (freshnessP50Millis == null || freshnessP99Millis == null)) {
      return "no freshness could be measured: no moving average came that stands on a new second";
    }
    return "";
  }

  /** A line for each figure, those of {@code more} at the end. */
  String table(Map<String, String> more) {
    Map<String, String> figures = figures(more);
    int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
    return figures.entrySet().stream()
        .map(
            figure ->
                "  %%-%ds  %%12s%%n".formatted(width).formatted(figure.getKey(), figure.getValue()))
        .collect(Collectors.joining());
  }

  /** One JSON object, the figures of {@code more} at its end. */
  String json(Map<String, String> more) {
    return figures(more).entrySet().stream()
        .map(figure -> "  \"%s\": %s".formatted(figure.getKey(), figure.getValue()))
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  private Map<String, String> figures(Map<String, String> more) {
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
    figures.put("rss_mib", String.valueOf(rssMib));
    figures.putAll(more);
    return figures;
  }
}
