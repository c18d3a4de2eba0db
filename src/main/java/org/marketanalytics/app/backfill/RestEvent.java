package org.marketanalytics.app.backfill;

/**
 * An event as the feed would have sent it.
 *
 * @param millis its time, since the epoch
 * @param json its value on the raw topic
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, never compared
record RestEvent(long millis, byte[] json) {}
