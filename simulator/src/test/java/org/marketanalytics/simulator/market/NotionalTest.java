package org.marketanalytics.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class NotionalTest {
  @Property
  void averagesLikeBigDecimals(
      @ForAll @LongRange(min = 1, max = 200_000_000_000L) long price,
      @ForAll @Size(min = 1, max = 20)
          List<@LongRange(min = 1, max = 100_000_000_000L) Long> sizes) {
    Notional notional = new Notional();
    BigDecimal sum = BigDecimal.ZERO;
    long volume = 0;
    long walked = price;
    for (long size : sizes) {
      notional.add(walked, size);
      sum = sum.add(BigDecimal.valueOf(walked).multiply(BigDecimal.valueOf(size)));
      volume += size;
      walked += size % 1_000;
    }

    assertThat(notional.dividedBy(volume))
        .isEqualTo(
            sum.divide(BigDecimal.valueOf(volume), 0, RoundingMode.HALF_UP).longValueExact());
  }
}
