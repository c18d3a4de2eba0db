package org.marketanalytics.aggregation;

/**
 * What became of the records of a batch that are no dead letters.
 *
 * @param accepted events and heartbeats that were used
 * @param ignored events of kinds that the run does not read
 * @param repeated records at or before the last offset, which were read before
 */
public record Tally(long accepted, long ignored, long repeated) {

  /** The same with events that were passed over before the batch. */
  public Tally withIgnored(long more) {
    return new Tally(accepted, ignored + more, repeated);
  }
}
