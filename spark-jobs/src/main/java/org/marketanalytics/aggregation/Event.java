package org.marketanalytics.aggregation;

/** What a record of the raw topic says. */
sealed interface Event permits Heartbeat, Second, Trade, Ignored {

  /** Where this event lies on the partition's clock (ms). */
  long endMillis();
}
