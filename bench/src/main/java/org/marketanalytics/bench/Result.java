package org.marketanalytics.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/**
 * One line of the table. Null is what was not measured.
 *
 * @param name of the metric
 * @param unit of the three figures
 * @param ours median of the pipeline's rounds
 * @param limit median of the limit's
 * @param peer median of the peer's
 * @param ratioToLimit ours divided by limit
 * @param ratioToPeer ours divided by peer
 * @param spread of our rounds: greatest minus least, divided by the median
 */
@JsonPropertyOrder({
  "name",
  "unit",
  "ours",
  "limit",
  "peer",
  "ratio_to_limit",
  "ratio_to_peer",
  "spread"
})
record Result(
    String name,
    String unit,
    BigDecimal ours,
    BigDecimal limit,
    BigDecimal peer,
    @JsonProperty("ratio_to_limit") BigDecimal ratioToLimit,
    @JsonProperty("ratio_to_peer") BigDecimal ratioToPeer,
    BigDecimal spread) {

  private static final MathContext FIGURE = new MathContext(4);
  private static final MathContext RATIO = new MathContext(3);

  static Result of(Metric metric, Samples ours, Samples limit, Samples peer) {
    OptionalDouble median = ours.median();
    return new Result(
        metric.name(),
        metric.unit(),
        rounded(median, FIGURE),
        rounded(limit.median(), FIGURE),
        rounded(peer.median(), FIGURE),
        rounded(ratio(median, limit.median()), RATIO),
        rounded(ratio(median, peer.median()), RATIO),
        rounded(ours.spread(), RATIO));
  }

  private static OptionalDouble ratio(OptionalDouble ours, OptionalDouble other) {
    return ours.isEmpty() || other.isEmpty() || other.getAsDouble() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(ours.getAsDouble() / other.getAsDouble());
  }

  private static BigDecimal rounded(OptionalDouble value, MathContext digits) {
    return value.isEmpty()
        ? null
        : new BigDecimal(new BigDecimal(value.getAsDouble(), digits).toPlainString());
  }
}
