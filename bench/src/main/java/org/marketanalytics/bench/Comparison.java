package org.marketanalytics.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the contenders in turn: ours, limit, peer, ours, … What disturbs the machine for a while
 * so meets all of them. The first round of each warms it up and is not counted.
 */
final class Comparison {

  static final String OURS = "ours";
  static final String LIMIT = "limit";
  static final String PEER = "peer";

  private final PrintStream progress;
  private final List<Metric> metrics;
  private final Map<String, Contender> contenders = new LinkedHashMap<>();

  /**
   * A comparison without contenders.
   *
   * @param progress gets a line for each round of each contender
   */
  Comparison(PrintStream progress, Metric... metrics) {
    this.progress = progress;
    this.metrics = List.of(metrics);
  }

  Comparison ours(Contender contender) {
    contenders.put(OURS, contender);
    return this;
  }

  Comparison limit(Contender contender) {
    contenders.put(LIMIT, contender);
    return this;
  }

  Comparison peer(Contender contender) {
    contenders.put(PEER, contender);
    return this;
  }

  /**
   * Measures.
   *
   * @param rounds of each contender, 2 or more; one less is counted
   * @return a result for each metric
   * @throws Exception of the contender that could not be measured
   */
  List<Result> run(int rounds) throws Exception {
    return run(rounds, 1);
  }

  /**
   * Measures contenders that begin anew in each round, in processes of their own: nothing is warmed
   * up, so every round counts.
   *
   * @param rounds of each contender, 1 or more
   */
  List<Result> runCold(int rounds) throws Exception {
    return run(rounds, 0);
  }

  private List<Result> run(int rounds, int warmUps) throws Exception {
    Map<String, List<Samples>> samples = new LinkedHashMap<>();
    for (String who : List.of(OURS, LIMIT, PEER)) {
      samples.put(who, metrics.stream().map(metric -> new Samples()).toList());
    }
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
        double[] figures = contender.getValue().measure();
        boolean counts = round >= warmUps;
        tell(
            counts ? Integer.toString(round + 1 - warmUps) : "warm-up",
            contender.getKey(),
            figures);
        for (int i = 0; counts && i < figures.length; i++) {
          samples.get(contender.getKey()).get(i).add(figures[i]);
        }
      }
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      results.add(
          Result.of(
              metrics.get(i),
              samples.get(OURS).get(i),
              samples.get(LIMIT).get(i),
              samples.get(PEER).get(i)));
    }
    return results;
  }

  private void tell(String round, String who, double[] figures) {
    String text = String.join(", ", Arrays.stream(figures).mapToObj("%.4g"::formatted).toList());
    progress.printf("%s round=%s %s: %s%n", metrics.get(0).name(), round, who, text);
  }
}
