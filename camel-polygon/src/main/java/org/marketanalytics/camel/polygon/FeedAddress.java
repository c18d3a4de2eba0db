package org.marketanalytics.camel.polygon;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a feed is.
 *
 * @param uri the complete address, which may hold secrets in its query and is never shown
 */
record FeedAddress(URI uri) {

  static final String DEFAULT_URL = "wss://socket.polygon.io";

  private static final String ALLOWED =
      "; allowed: ws://HOST[:PORT][/PATH] or wss://HOST[:PORT][/PATH]";

  /**
   * Completes a configured address.
   *
   * @param url the address; blank is the public feed; without a path the cluster becomes the path
   * @throws IllegalArgumentException if it is not a WebSocket address
   */
  static FeedAddress of(String url, PolygonCluster cluster) {
    String given = url == null || url.isBlank() ? DEFAULT_URL : url.strip();
    URI uri;
    try {
      uri = new URI(given);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("url is not an address: " + e.getReason() + ALLOWED);
    }
    boolean webSocket = "ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
    if (!webSocket || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "url=" + show(uri) + " is not a WebSocket address" + ALLOWED);
    }
    String path = uri.getRawPath();
    if (path != null && !path.isEmpty() && !path.equals("/")) {
      return new FeedAddress(uri);
    }
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new FeedAddress(
        URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + "/" + cluster.path() + query));
  }

  /** The address without user information and query, fit for logs and health details. */
  String display() {
    return show(uri);
  }

  private static String show(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return uri.getScheme() + "://" + uri.getHost() + port + path;
  }

  /** The same as {@link #display()}: an address must not leak its query through a log. */
  @Override
  public String toString() {
    return display();
  }
}
