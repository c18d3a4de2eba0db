package org.marketanalytics.simulator.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestRateTest {
  private final AtomicLong now = new AtomicLong();
  private final RequestRate rate =
      new RequestRate(new RestLimit(2, Duration.ofMinutes(1)), now::get);

  @Test
  void tellsWhenTheNextRequestMayCome() {
    assertThat(rate.take("key")).isZero();
    pass(Duration.ofSeconds(20));
    assertThat(rate.take("key")).isZero();

    assertThat(rate.take("key")).isEqualTo(40);
    pass(Duration.ofMillis(39_500));
    assertThat(rate.take("key")).isEqualTo(1);
    pass(Duration.ofMillis(500));
    assertThat(rate.take("key")).isZero();
    assertThat(rate.take("key")).isEqualTo(20);
  }

  @Test
  void countsEachKeyByItself() {
    rate.take("one");
    rate.take("one");

    assertThat(rate.take("other")).isZero();
  }

  @Test
  void countsNothingWithoutALimit() {
    RequestRate free = new RequestRate(RestLimit.NONE, now::get);
    for (int i = 0; i < 1_000; i++) {
      assertThat(free.take("key")).isZero();
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
