/**
 * A Camel component for the market data feed of Polygon (Massive): {@code
 * polygon:stocks?symbols=AAPL&channels=A,T}.
 *
 * <p>The consumer connects, authenticates and subscribes in the background, hands each frame to the
 * route as one exchange, and comes back by itself whatever happens to the link. {@link
 * org.marketanalytics.camel.polygon.PolygonFrame} cuts a frame into its events without building a
 * tree.
 */
package org.marketanalytics.camel.polygon;
