package org.marketanalytics.simulator.feed;

import java.time.Duration;

/**
 * How events are put into frames.
 *
 * @param maxEvents a frame with so many is sent
 * @param flushInterval at least this often whatever there is is sent
 */
public record FrameRules(int maxEvents, Duration flushInterval) {}
