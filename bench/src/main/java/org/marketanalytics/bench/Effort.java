package org.marketanalytics.bench;

/** How much time a measurement may take: more gives steadier figures. */
enum Effort {
  /** Fewer and shorter rounds, to see where one stands. */
  SHORT,
  /** As long as steady figures take. */
  FULL;

  /** Rounds of each contender, the first of which is not counted. */
  int rounds() {
    return choose(2, 8);
  }

  /** Batches as a live market makes them, with which a job is warmed up. */
  int smallBatches() {
    return choose(20, 1_000);
  }

  int choose(int whenShort, int whenFull) {
    return this == SHORT ? whenShort : whenFull;
  }
}
