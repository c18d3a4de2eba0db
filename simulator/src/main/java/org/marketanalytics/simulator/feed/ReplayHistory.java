package org.marketanalytics.simulator.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.marketanalytics.simulator.market.Bar;
import org.marketanalytics.simulator.market.Channel;
import org.marketanalytics.simulator.market.Cluster;

/** Keeps the aggregates of a recording for the REST interface as they are sent. */
final class ReplayHistory {
  private final Map<Cluster, BarHistory> histories;

  ReplayHistory(Map<Cluster, BarHistory> histories) {
    this.histories = Map.copyOf(histories);
  }

  /** Adds the event if it is an aggregate with all that a bar needs. */
  void add(RecordedEvent event, byte[] line) {
    Cluster cluster = cluster(event);
    if (!aggregate(event.channel())) {
      return;
    }
    try {
      Map<String, BigDecimal> numbers = numbers(event, line);
      if (numbers.keySet().containsAll(List.of("o", "h", "l", "c", "s"))) {
        histories.get(cluster).add(event.channel(), event.symbol(), bar(cluster, event, numbers));
      }
    } catch (IOException | ArithmeticException e) {
      // a recording may hold numbers that no bar can have; they are sent and not kept
    }
  }

  private static boolean aggregate(Channel channel) {
    return switch (channel) {
      case A, AM, XA, XAS, CA, CAS -> true;
      default -> false;
    };
  }

  private static Cluster cluster(RecordedEvent event) {
    return switch (event.channel()) {
      case XT, XQ, XL2, XA, XAS -> Cluster.CRYPTO;
      case C, CA, CAS -> Cluster.FOREX;
      default -> {
        if (event.symbol().startsWith("O:")) {
          yield Cluster.OPTIONS;
        }
        yield event.symbol().startsWith("I:") ? Cluster.INDICES : Cluster.STOCKS;
      }
    };
  }

  private static Map<String, BigDecimal> numbers(RecordedEvent event, byte[] line)
      throws IOException {
    Map<String, BigDecimal> numbers = new TreeMap<>();
    try (JsonParser parser =
        Json.FACTORY.createParser(line, event.from(), event.to() - event.from())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value.isNumeric()) {
          numbers.put(name, parser.getDecimalValue());
        } else if (value == JsonToken.VALUE_STRING && name.equals("dv")) {
          numbers.put(name, new BigDecimal(parser.getText()));
        } else {
          parser.skipChildren();
        }
      }
    } catch (NumberFormatException e) {
      throw new IOException(e);
    }
    return numbers;
  }

  private static Bar bar(Cluster cluster, RecordedEvent event, Map<String, BigDecimal> numbers) {
    BigDecimal volume = numbers.getOrDefault("dv", numbers.getOrDefault("v", BigDecimal.ZERO));
    return new Bar(
        0,
        event.timeMillis(),
        event.sentMillis(),
        price(cluster, numbers.get("o")),
        price(cluster, numbers.get("h")),
        price(cluster, numbers.get("l")),
        price(cluster, numbers.get("c")),
        scaled(volume, cluster.sizeDecimals()),
        price(cluster, numbers.getOrDefault("vw", numbers.get("c"))),
        trades(cluster, volume, numbers.get("z")),
        0,
        0,
        0);
  }

  /**
   * A number of trades of which {@link AggregatesEndpoint}'s rule makes the recorded average size
   * again. Where it is cut to whole numbers several are possible.
   */
  private static long trades(Cluster cluster, BigDecimal volume, BigDecimal averageSize) {
    long whole = volume.setScale(0, RoundingMode.FLOOR).longValueExact();
    if (averageSize == null) {
      return Math.max(1, whole);
    }
    if (averageSize.signum() <= 0) {
      return whole + 1;
    }
    RoundingMode rounding = cluster == Cluster.CRYPTO ? RoundingMode.HALF_UP : RoundingMode.FLOOR;
    return Math.max(1, volume.divide(averageSize, 0, rounding).longValueExact());
  }

  private static long price(Cluster cluster, BigDecimal value) {
    return scaled(value, cluster.priceDecimals());
  }

  private static long scaled(BigDecimal value, int decimals) {
    return value.movePointRight(decimals).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }
}
