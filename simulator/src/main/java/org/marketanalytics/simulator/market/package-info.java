/**
 * The random market: a pure function from seed, settings and start time to the events of a feed.
 * Nothing here knows a socket, a thread or the wall clock.
 */
package org.marketanalytics.simulator.market;
