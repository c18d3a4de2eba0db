package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void doublesItsBoundUpToTheMaximum() {
    Backoff backoff =
        new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3), LongUnaryOperator.identity());

    assertThat(Stream.generate(backoff::next).limit(5))
        .extracting(Duration::toMillis)
        .containsExactly(500L, 1000L, 2000L, 3000L, 3000L);
  }

  @Test
  void startsAgainAfterAReset() {
    Backoff backoff =
        new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3), LongUnaryOperator.identity());
    backoff.next();
    backoff.next();

    backoff.reset();

    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(500));
  }

  @Property
  void neverExceedsItsBound(
      @ForAll @IntRange(max = 5000) int initial, @ForAll @IntRange(max = 100) int attempts) {
    Backoff backoff = new Backoff(Duration.ofMillis(initial), Duration.ofSeconds(5));
    long bound = initial;

    for (int i = 0; i < attempts; i++) {
      assertThat(backoff.next().toMillis()).isBetween(0L, bound);
      bound = Math.min(5000, Math.max(1, bound) * 2);
    }
  }
}
