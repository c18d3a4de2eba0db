package org.marketanalytics.app.page;

import java.math.BigDecimal;
import java.time.Instant;

/** A row of {@code bars} that a test writes; what it does not name is the same for all. */
record Bar(String symbol, Instant start, String open, String close, long revision, boolean ended) {

  BigDecimal high() {
    return new BigDecimal(open).max(new BigDecimal(close)).add(BigDecimal.ONE);
  }

  BigDecimal low() {
    return new BigDecimal(open).min(new BigDecimal(close)).subtract(BigDecimal.ONE);
  }
}
