package org.marketanalytics.camel.polygon;

/**
 * An event of the market, known well enough to be routed. Its other fields are well-formed JSON and
 * nothing more: whether a price makes sense is for the reader to find out.
 *
 * @param ev the kind of event, for example {@code A} or {@code T}
 * @param symbol what it is about, never empty
 * @param timeMillis its time in milliseconds since the epoch, greater than 0: the start ({@code s})
 *     of an aggregate, the {@code t} of all else
 * @param offset where it begins in the frame
 * @param length how many bytes it has
 */
public record PolygonEvent(String ev, String symbol, long timeMillis, int offset, int length)
    implements PolygonElement {}
