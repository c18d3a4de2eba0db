package org.marketanalytics.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GapsTest {
  private static final long DAY = Instant.parse("2026-03-02T15:00:00Z").toEpochMilli();
  private static final long OVERLAP = 10_000;
  private static final long MARGIN = 5_000;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Gaps gaps = gaps(Duration.ZERO, Duration.ofHours(24));

  private Gaps gaps(Duration onStart, Duration max) {
    return new Gaps(
        meters,
        new GapRules(true, Duration.ofMillis(OVERLAP), onStart, max, Duration.ofSeconds(15)));
  }

  @Test
  void areNoneWhileTheLinkHolds() throws Exception {
    gaps.began(OptionalLong.empty(), OptionalLong.empty(), DAY);

    Gaps.Place first = frame(1, DAY);
    Gaps.Place second = frame(1, DAY + 900_000);

    assertThat(first.opening()).isZero();
    assertThat(second.opening()).isZero();
    assertThat(gaps.completeMillis()).isEmpty();
    assertThat(gaps.next(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void openWhenTheLinkComesBack() throws Exception {
    frame(1, DAY);

    Gaps.Place place = frame(2, DAY + 60_000);

    assertThat(place.opening()).isPositive();
    assertThat(place.completeMillis()).isEqualTo(DAY - OVERLAP);
    assertThat(gaps.completeMillis()).hasValue(DAY - OVERLAP);
    assertThat(gaps.next(DAY + 60_000 + 14_999)).as("too early").isEmpty();
    assertThat(gaps.next(DAY + 60_000 + 15_000))
        .hasValueSatisfying(
            gap -> {
              assertThat(gap.fromMillis()).isEqualTo(DAY - OVERLAP);
              assertThat(gap.toMillis()).isEqualTo(DAY + 60_000 + MARGIN);
            });
  }

  @Test
  void openByAHeartbeatWhenTheMarketIsSilentAfterTheLinkCameBack() throws Exception {
    frame(1, DAY);

    assertThat(gaps.beat(2, DAY + 100, DAY + 60_000)).isTrue();

    assertThat(gaps.completeMillis()).hasValue(DAY - OVERLAP);
    assertThat(gaps.next(DAY + 90_000).orElseThrow().toMillis()).isEqualTo(DAY + 60_000 + MARGIN);
  }

  @Test
  void endNowEvenIfTheFirstEventThatComesIsAnOldOne() throws Exception {
    gaps.frame(1, OptionalLong.of(DAY), DAY + 2_000);
    gaps.frame(2, OptionalLong.of(DAY), DAY + 62_000);

    assertThat(gaps.next(DAY + 90_000).orElseThrow().toMillis()).isEqualTo(DAY + 60_000 + MARGIN);
  }

  @Test
  void areAnnouncedByEachFrameUntilKafkaHasOne() throws Exception {
    frame(1, DAY);

    Gaps.Place lost = frame(2, DAY + 60_000);
    Gaps.Place taken = frame(2, DAY + 60_100);
    assertThat(lost.opening()).isPositive();
    assertThat(taken.opening()).isEqualTo(lost.opening());
    gaps.announced(taken.opening());

    assertThat(frame(2, DAY + 60_200).opening()).isZero();
  }

  @Test
  void thatOpenWhileOneIsFilledAreAnnouncedAgainAndFilledAfterIt() throws Exception {
    frame(1, DAY);
    gaps.announced(frame(2, DAY + 60_000).opening());
    Gap first = gaps.next(DAY + 80_000).orElseThrow();

    Gaps.Place place = frame(3, DAY + 90_000);

    assertThat(place.opening()).isPositive();
    assertThat(place.completeMillis()).as("the first is still open").isEqualTo(DAY - OVERLAP);
    assertThat(gaps.next(DAY + 900_000)).hasValue(first);
    gaps.close();
    assertThat(gaps.completeMillis()).hasValue(DAY + 60_000 - OVERLAP);
    assertThat(gaps.next(DAY + 900_000).orElseThrow().toMillis()).isEqualTo(DAY + 90_000 + MARGIN);
    gaps.close();
    assertThat(gaps.completeMillis()).isEmpty();
    assertThat(meters.get("market.gaps.open").gauge().value()).isZero();
  }

  @Test
  void thatWaitAreFilledAsOne() throws Exception {
    frame(1, DAY);
    frame(2, DAY + 5_000);
    frame(3, DAY + 9_000);

    assertThat(gaps.next(DAY + 60_000))
        .hasValueSatisfying(
            gap -> {
              assertThat(gap.fromMillis()).isEqualTo(DAY - OVERLAP);
              assertThat(gap.toMillis()).isEqualTo(DAY + 9_000 + MARGIN);
              assertThat(gap.openedMillis()).isEqualTo(DAY + 5_000);
            });
    assertThat(meters.get("market.gaps.open").gauge().value()).isOne();
  }

  @Test
  void thatGrowAgainAndAgainAreFilledAsFarAsTheyCanBeAskedFor() throws Exception {
    frame(1, DAY);
    for (int link = 2; link <= 6; link++) {
      long now = DAY + 12_000L * (link - 1);
      frame(link, now);
      assertThat(gaps.next(now + 11_999)).as("link %d", link).isEmpty();
    }
    frame(7, DAY + 72_000);

    Gap first = gaps.next(DAY + 74_000).orElseThrow();
    assertThat(first.fromMillis()).isEqualTo(DAY - OVERLAP);
    assertThat(first.toMillis()).as("what is 15 s old").isEqualTo(DAY + 59_000);
    assertThat(gaps.next(DAY + 75_000)).hasValue(first);
    gaps.close();

    assertThat(gaps.completeMillis()).hasValue(DAY + 59_000);
    assertThat(gaps.next(DAY + 86_999)).as("too early").isEmpty();
    Gap second = gaps.next(DAY + 87_000).orElseThrow();
    assertThat(second.fromMillis()).isEqualTo(DAY + 59_000);
    assertThat(second.toMillis()).isEqualTo(DAY + 72_000 + MARGIN);
  }

  @Test
  void ofFramesThatKafkaDidNotTakeOpenWithTheNextFrame() throws Exception {
    frame(1, DAY);
    Gaps.Place lost = frame(1, DAY + 1_000);
    frame(1, DAY + 2_000);

    gaps.lost(lost);
    assertThat(gaps.completeMillis()).isEmpty();
    Gaps.Place next = frame(1, DAY + 3_000);

    assertThat(next.completeMillis()).isEqualTo(DAY - OVERLAP);
    assertThat(next.opening()).isPositive();
  }

  @Test
  void opensNoneForALateFrameOfTheFormerConnection() throws Exception {
    frame(1, DAY);
    frame(2, DAY + 60_000);
    gaps.next(DAY + 900_000);
    gaps.close();

    frame(1, DAY + 61_000);

    assertThat(gaps.completeMillis()).isEmpty();
  }

  @Test
  void waitUntilNoHeartbeatIsOnItsWayThatSaysNothingOfThem() throws Exception {
    frame(1, DAY);
    assertThat(gaps.beat(1, DAY, DAY)).isTrue();

    CompletableFuture<Gaps.Place> frame =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return frame(2, DAY + 60_000);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    await().during(Duration.ofMillis(200)).until(() -> !frame.isDone());
    assertThat(gaps.completeMillis()).isEmpty();
    assertThat(gaps.beat(2, DAY, DAY + 60_000)).as("it would say too much").isFalse();
    gaps.beaten();

    assertThat(frame.get(20, java.util.concurrent.TimeUnit.SECONDS).completeMillis())
        .isEqualTo(DAY - OVERLAP);
  }

  @Test
  void openAtTheStartWhereEarlierRunsEnded() {
    gaps.began(OptionalLong.of(DAY), OptionalLong.of(DAY + 40_000), DAY + 40_000);

    Gap gap = gaps.next(DAY + 60_000).orElseThrow();

    assertThat(gap.fromMillis()).isEqualTo(DAY - OVERLAP);
    assertThat(gap.toMillis()).isEqualTo(DAY + 40_000 + MARGIN);
  }

  @Test
  void reachBackAsFarAsIsAskedForWhenThereWasNoEarlierRun() {
    Gaps warm = gaps(Duration.ofHours(2), Duration.ofHours(24));

    warm.began(OptionalLong.empty(), OptionalLong.empty(), DAY);

    assertThat(warm.completeMillis()).hasValue(DAY - Duration.ofHours(2).toMillis());
  }

  @Test
  void beginAtAMinuteWhenThereWasNoEarlierRunSoThatTheirFirstBarIsWhole() {
    Gaps warm = gaps(Duration.ofHours(2), Duration.ofHours(24));
    warm.began(OptionalLong.empty(), OptionalLong.empty(), DAY + 17_345);
    assertThat(warm.completeMillis()).hasValue(DAY - Duration.ofHours(2).toMillis());

    Gaps longest = gaps(Duration.ofHours(24), Duration.ofHours(24));
    longest.began(OptionalLong.empty(), OptionalLong.empty(), DAY + 17_345);
    assertThat(longest.completeMillis()).hasValue(DAY + 60_000 - Duration.ofHours(24).toMillis());
  }

  @Test
  void areNoLongerThanAllowedHoweverOftenTheyGrow() throws Exception {
    Gaps bounded = gaps(Duration.ZERO, Duration.ofMinutes(10));
    long now = DAY;
    for (int link = 1; link <= 100; link++) {
      now += 12_000;
      bounded.frame(link, OptionalLong.of(now), now);
    }

    Gap gap = bounded.next(Long.MAX_VALUE).orElseThrow();
    assertThat(gap.toMillis()).isEqualTo(now + MARGIN);
    assertThat(Duration.ofMillis(gap.toMillis() - gap.fromMillis()))
        .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
  }

  @Test
  void areNoLongerThanAllowed() {
    Gaps bounded = gaps(Duration.ZERO, Duration.ofHours(1));
    long now = DAY + Duration.ofHours(40).toMillis();

    bounded.began(OptionalLong.of(DAY), OptionalLong.of(now), now);

    Gap gap = bounded.next(Long.MAX_VALUE).orElseThrow();
    assertThat(gap.fromMillis()).as("a whole minute").isEqualTo(now + 60_000 - 3_600_000);
    assertThat(gap.toMillis()).isEqualTo(now + MARGIN);
  }

  @Test
  void areNoneWhereTheyAreNotLookedFor() throws Exception {
    Gaps none = new Gaps(new SimpleMeterRegistry(), GapRules.NONE);
    none.began(OptionalLong.of(DAY), OptionalLong.of(DAY), DAY);
    none.frame(1, OptionalLong.of(DAY), DAY);

    Gaps.Place place = none.frame(2, OptionalLong.of(DAY + 60_000), DAY + 60_000);
    none.lost(place);

    assertThat(place.opening()).isZero();
    assertThat(none.completeMillis()).isEmpty();
  }

  private Gaps.Place frame(long link, long millis) throws InterruptedException {
    return gaps.frame(link, OptionalLong.of(millis), millis);
  }
}
