package org.marketanalytics.simulator.market;

import java.util.ArrayDeque;

/**
 * Draws the instrument of the next event: rank r has weight r^-0.9, near Zipf's law, as trades
 * spread over tickers. Walker's alias method: one table look-up a draw, however many instruments
 * there are.
 */
final class Popularity {
  private static final double EXPONENT = 0.9;

  private final double[] keep;
  private final int[] alias;

  Popularity(int count) {
    double[] weights = new double[count];
    double total = 0;
    for (int i = 0; i < count; i++) {
      weights[i] = StrictMath.pow(i + 1.0, -EXPONENT);
      total += weights[i];
    }
    keep = new double[count];
    alias = new int[count];
    ArrayDeque<Integer> poor = new ArrayDeque<>();
    ArrayDeque<Integer> rich = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      keep[i] = weights[i] * count / total;
      alias[i] = i;
      (keep[i] < 1 ? poor : rich).add(i);
    }
    while (!poor.isEmpty() && !rich.isEmpty()) {
      int small = poor.remove();
      int large = rich.remove();
      alias[small] = large;
      keep[large] -= 1 - keep[small];
      (keep[large] < 1 ? poor : rich).add(large);
    }
  }

  int next(Randomness random) {
    int column = random.below(keep.length);
    return random.fraction() < keep[column] ? column : alias[column];
  }
}
