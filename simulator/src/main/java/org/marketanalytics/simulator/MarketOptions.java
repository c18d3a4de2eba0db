package org.marketanalytics.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.marketanalytics.simulator.market.Cluster;
import picocli.CommandLine.Option;

/** Options of the random market. */
final class MarketOptions {
  @Option(
      names = "--clusters",
      paramLabel = "NAME",
      split = ",",
      converter = Ranges.ClusterName.class,
      description =
          "Clusters with a market: stocks, crypto, forex, options, indices; the others answer 404. Default: all.")
  List<Cluster> clusters = List.of(Cluster.values());

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Ranges.Seed.class,
      description =
          "Seed: the same seed, settings and --start give the same events, byte for byte. Default: 1.")
  long seed = 1;

  @Option(
      names = "--symbols",
      paramLabel = "N",
      converter = Ranges.SymbolCount.class,
      description =
          "Symbols of each cluster, 1 to 100000: well-known ones first, then made-up ones. Default: 50.")
  int symbols = 50;

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = Ranges.Rate.class,
      description =
          "Trades (and quotes) a second of market time over all symbols of a cluster, 1 to 200000; aggregates"
              + " come on top. Default: 1000.")
  int rate = 1_000;

  @Option(
      names = "--quotes",
      paramLabel = "N",
      converter = Ranges.QuoteCount.class,
      description = "Quotes (Q) for each trade of stocks, part of --rate. Default: 0.")
  int quotes;

  @Option(
      names = "--aggregate-delay",
      paramLabel = "TIME",
      converter = Ranges.Length.class,
      description =
          "How long after its second an aggregate is sent; the real feed takes about 2s. Default: 100ms.")
  Duration aggregateDelay = Duration.ofMillis(100);

  @Option(
      names = "--sessions",
      arity = "1",
      paramLabel = "on|off",
      converter = Ranges.OnOff.class,
      description =
          "on: trading follows New York's sessions, holidays and early closes, a tenth of the rate in extended"
              + " hours. Default: off, the market never rests.")
  boolean sessions;

  @Option(
      names = "--start",
      paramLabel = "ISO",
      converter = Ranges.Moment.class,
      description =
          "Time of the market at its start, such as 2026-11-20T14:30:00Z. Default: the present.")
  Instant start;
}
