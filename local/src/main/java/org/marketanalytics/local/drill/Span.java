package org.marketanalytics.local.drill;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The rows that are compared.
 *
 * @param barsFromMillis the first minute that the application could see whole: bars that start then
 *     or later
 * @param averagesFromMillis windows that start then or later
 * @param toMillis the end of what is settled: windows that end then or earlier, and bars, of which
 *     those that end later may not be final yet; {@link Long#MAX_VALUE} when all is final
 */
record Span(long barsFromMillis, long averagesFromMillis, long toMillis) {

  /** By key; of those with the same key the last. */
  Map<String, Row> of(Collection<Row> rows) {
    Map<String, Row> kept = new HashMap<>();
    for (Row row : rows) {
      boolean bar = row.table() == Row.Table.BARS;
      if (row.startMillis() < (bar ? barsFromMillis : averagesFromMillis)) {
        continue;
      }
      if (row.endMillis() <= toMillis) {
        kept.put(row.key(), row);
      } else if (bar) {
        kept.put(row.key(), row.provisional());
      }
    }
    return kept;
  }
}
