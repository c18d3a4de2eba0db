package org.marketanalytics.simulator.market;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * All that a random market depends on, but for the moment at which it opens.
 *
 * @param symbols how many instruments are traded
 * @param rate events a second over all instruments, aggregates not counted
 * @param quotes quotes for each trade (stocks only); they are part of {@code rate}
 * @param sessions whether trading follows the sessions of the exchange; otherwise it never rests
 * @param start the first moment, if it is not the one at which the market is opened
 * @param aggregateDelay how long after its window an aggregate is sent
 */
public record MarketSettings(
    Cluster cluster,
    long seed,
    int symbols,
    int rate,
    int quotes,
    boolean sessions,
    Optional<Instant> start,
    Duration aggregateDelay) {}
