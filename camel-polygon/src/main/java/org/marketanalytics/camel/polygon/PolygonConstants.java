package org.marketanalytics.camel.polygon;

import org.apache.camel.spi.Metadata;

/** The headers of an exchange that carries a frame. */
public final class PolygonConstants {

  /** The scheme of the component's URIs. */
  public static final String SCHEME = "polygon";

  @Metadata(
      label = "consumer",
      description =
          "When the frame was received, in milliseconds since the epoch. Never decreases inside one"
              + " process, even if the wall clock is set back.",
      javaType = "Long")
  public static final String RECEIVED = "CamelPolygonReceived";

  @Metadata(
      label = "consumer",
      description = "The cluster the frame came from: stocks, options, crypto, forex or indices.",
      javaType = "String")
  public static final String CLUSTER = "CamelPolygonCluster";

  @Metadata(
      label = "consumer",
      description =
          "The number of the connection that the frame came over. It grows with each connection that"
              + " any consumer of the process makes; what the feed sent between two of them is missing.",
      javaType = "Long")
  public static final String SESSION = "CamelPolygonSession";

  private PolygonConstants() {}
}
