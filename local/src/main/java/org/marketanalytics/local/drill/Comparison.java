package org.marketanalytics.local.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What differs between the rows of an undisturbed run and those in the database.
 *
 * @param expected how many there should be
 * @param lost how many of them are missing
 * @param wrong how many are different, or too many
 * @param differences a line each
 */
record Comparison(long expected, long lost, long wrong, List<String> differences) {

  Comparison {
    differences = List.copyOf(differences);
  }

  static Comparison of(Map<String, Row> expected, Map<String, Row> stored) {
    List<String> differences = new ArrayList<>();
    long lost = 0;
    for (Row row : expected.values()) {
      Row found = stored.get(row.key());
      if (found == null) {
        lost++;
        differences.add("lost      " + row);
      } else if (!found.equals(row)) {
        differences.add("different " + row + " stored=" + found.values());
      }
    }
    for (Row row : stored.values()) {
      if (!expected.containsKey(row.key())) {
        differences.add("too many  " + row);
      }
    }
    return new Comparison(expected.size(), lost, differences.size() - lost, differences);
  }

  boolean isEqual() {
    return differences.isEmpty();
  }
}
