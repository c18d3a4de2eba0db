package org.marketanalytics.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The figures of the rounds of one contender. */
final class Samples {

  private final List<Double> figures = new ArrayList<>();

  void add(double figure) {
    if (!Double.isNaN(figure)) {
      figures.add(figure);
    }
  }

  /** The middle one; the mean of the two in the middle of an even number; empty without any. */
  OptionalDouble median() {
    if (figures.isEmpty()) {
      return OptionalDouble.empty();
    }
    List<Double> sorted = figures.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return OptionalDouble.of(
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
  }

  /**
   * Greatest minus least, divided by the median. There are too few rounds for quartiles, and this
   * hides no outlier.
   */
  OptionalDouble spread() {
    OptionalDouble median = median();
    if (median.isEmpty() || median.getAsDouble() == 0) {
      return OptionalDouble.empty();
    }
    double least = figures.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    double greatest = figures.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    return OptionalDouble.of((greatest - least) / median.getAsDouble());
  }
}
