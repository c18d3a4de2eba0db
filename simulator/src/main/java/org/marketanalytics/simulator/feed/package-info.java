/**
 * The server: WebSocket sessions, frames, replays, the REST interface for gaps and the control
 * interface, all on one port.
 */
package org.marketanalytics.simulator.feed;
