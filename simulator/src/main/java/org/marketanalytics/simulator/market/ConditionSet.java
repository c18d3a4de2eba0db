package org.marketanalytics.simulator.market;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The conditions of a trade, written and judged once for all trades that carry them. */
final class ConditionSet {
  static final ConditionSet NONE = new ConditionSet(SaleConditions.of());

  private final SaleConditions.Rule rule;
  private final byte[] json;

  private ConditionSet(SaleConditions.Rule rule, int... conditions) {
    this.rule = rule;
    this.json =
        conditions.length == 0
            ? new byte[0]
            : Arrays.stream(conditions)
                .sorted()
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", ",\"c\":[", "]"))
                .getBytes(StandardCharsets.US_ASCII);
  }

  /** Conditions of the stock tapes, under their rules. */
  static ConditionSet sale(int... conditions) {
    return new ConditionSet(SaleConditions.of(conditions), conditions);
  }

  /** Conditions of another market, where every trade counts. */
  static ConditionSet counted(int... conditions) {
    return new ConditionSet(SaleConditions.of(), conditions);
  }

  SaleConditions.Rule rule() {
    return rule;
  }

  /** {@code ,"c":[14,41]}, or nothing when there is none: the feed leaves the field out. */
  byte[] json() {
    return json;
  }
}
