package org.marketanalytics.camel.polygon;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A group of markets with its own WebSocket path and its own channels.
 *
 * <p>Channels are those of the feed's published specification; {@code FMV} needs a business plan
 * and {@code LV} a launchpad plan.
 */
enum PolygonCluster {
  STOCKS("A,T,Q,AM,LULD,NOI,FMV,LV"),
  OPTIONS("A,T,Q,AM,FMV,LV"),
  CRYPTO("XAS,XT,XQ,XA,XL2,FMV,LV"),
  FOREX("CAS,C,CA,FMV,LV"),
  INDICES("A,AM,V");

  private final String channels;

  PolygonCluster(String channels) {
    this.channels = channels;
  }

  /** The cluster as it is written in a URI. */
  static PolygonCluster named(String name) {
    return Arrays.stream(values())
        .filter(cluster -> cluster.path().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "cluster=" + name + " is unknown; allowed: " + allNames()));
  }

  /** The lower-case name, which is also the feed's path. */
  String path() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a comma-separated list of channels; a blank one is the cluster's per-second aggregates.
   */
  Set<String> channels(String list) {
    List<String> known = List.of(channels.split(",", -1));
    if (list == null || list.isBlank()) {
      return Set.of(known.get(0));
    }
    Set<String> wanted = new LinkedHashSet<>();
    for (String channel : list.split(",", -1)) {
      String name = channel.strip();
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "channels="
                + list
                + " names '"
                + name
                + "', which "
                + path()
                + " does not have; allowed: "
                + String.join(", ", known));
      }
      wanted.add(name);
    }
    return wanted;
  }

  private static String allNames() {
    return Arrays.stream(values()).map(PolygonCluster::path).collect(Collectors.joining(", "));
  }
}
