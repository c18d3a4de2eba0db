/**
 * Fetches what is missing on the raw topic: the events of a gap, symbol by symbol, from the feed's
 * REST interface.
 */
package org.marketanalytics.app.backfill;
