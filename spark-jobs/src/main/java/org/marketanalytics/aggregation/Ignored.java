package org.marketanalytics.aggregation;

/** An event that this run does not read. */
record Ignored() implements Event {
  static final Ignored EVENT = new Ignored();

  @Override
  public long endMillis() {
    return 0;
  }
}
