package org.marketanalytics.simulator.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is traded on a cluster: well-known names first, then made-up ones. */
final class Listing {
  /** The letters of made-up names: AAA to ZZZZ would be 456,976; more than anybody asks for. */
  private static final int LETTERS = 26;

  private static final List<String> STOCKS = SaleConditions.lines("stocks.csv");

  private Listing() {}

  /** A symbol, its tape (1 to 3, stocks only) and its first price in units of the cluster. */
  record Entry(String symbol, int tape, long price) {}

  static List<Entry> of(Cluster cluster, int count) {
    List<Entry> entries = new ArrayList<>(count);
    if (cluster != Cluster.OPTIONS) {
      SaleConditions.lines(cluster.label() + ".csv").stream()
          .limit(count)
          .map(line -> entry(cluster, line))
          .forEach(entries::add);
    }
    Set<String> taken = new HashSet<>();
    entries.forEach(entry -> taken.add(entry.symbol()));
    for (int number = 0; entries.size() < count; number++) {
      Entry entry = madeUp(cluster, number);
      if (taken.add(entry.symbol())) {
        entries.add(entry);
      }
    }
    return List.copyOf(entries);
  }

  private static Entry entry(Cluster cluster, String line) {
    String[] cells = line.split(",", -1);
    long price =
        new BigDecimal(cells[2])
            .movePointRight(cluster.priceDecimals())
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact();
    return new Entry(cells[0], Integer.parseInt(cells[1]), price);
  }

  private static Entry madeUp(Cluster cluster, int number) {
    Randomness random = new Randomness(number);
    return switch (cluster) {
      case STOCKS -> new Entry(name(number), 1 + random.below(3), dollars(random, 3, 400) * 100);
      case CRYPTO -> new Entry(name(number) + "-USD", 0, dollars(random, 1, 50) * 10_000);
      case FOREX -> new Entry(name(number) + "/USD", 0, dollars(random, 1, 20) * 1_000);
      case INDICES -> new Entry("I:" + name(number), 0, dollars(random, 100, 5_000));
      case OPTIONS -> contract(number, random);
    };
  }

  /** A price in cents, more often low than high. */
  private static long dollars(Randomness random, int least, int most) {
    double skewed = random.fraction() * random.fraction();
    return (long) ((least + skewed * (most - least)) * 100);
  }

  /** AAA, AAB, … ZZZ, then AAAA and on. */
  private static String name(int number) {
    StringBuilder name = new StringBuilder();
    int rest = number;
    for (int i = 0; i < 3 || rest > 0; i++) {
      name.insert(0, (char) ('A' + rest % LETTERS));
      rest /= LETTERS;
    }
    return name.toString();
  }

  /** Calls and puts of the well-known stocks, ten strikes either side of the price. */
  private static Entry contract(int number, Randomness random) {
    String[] stock = STOCKS.get(number % STOCKS.size()).split(",", -1);
    int rank = number / STOCKS.size();
    int month = 1 + rank / 20 % 12;
    int year = 27 + rank / 240;
    int step = (rank % 20 / 2 - 5) * 5;
    long strike = Math.max(1, Math.round(Double.parseDouble(stock[2]) * (100 + step) / 100));
    String symbol =
        String.format(
            "O:%s%02d%02d15%s%08d",
            stock[0].replace(".", ""), year, month, rank % 2 == 0 ? "C" : "P", strike * 1_000);
    return new Entry(symbol, 0, dollars(random, 1, 40) * 100);
  }
}
