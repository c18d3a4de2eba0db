package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeedHealthTest {

  @Test
  void findsAKeyThatIsRefused() {
    FeedHealth health =
        FeedHealth.parse(
            """
            {"status":"DOWN","checks":[{"name":"context","status":"UP"},
             {"name":"consumer:polygon-ingest","status":"DOWN","data":
              {"feed.state":"WAITING","feed.reason":"auth_failed: \\"authentication failed\\""}}]}""");

    assertThat(health.isLive()).isFalse();
    assertThat(health.refusal()).hasValue("auth_failed: \"authentication failed\"");
  }

  @Test
  void takesAFeedThatCannotBeReachedForOneThatMayCome() {
    FeedHealth health =
        FeedHealth.parse("{\"feed.state\":\"WAITING\",\"feed.reason\":\"connection refused\"}");

    assertThat(health.isLive()).isFalse();
    assertThat(health.refusal()).isEmpty();
  }

  @Test
  void knowsALiveFeed() {
    assertThat(FeedHealth.parse("{\"feed.state\" : \"LIVE\"}").isLive()).isTrue();
    assertThat(FeedHealth.parse("").isLive()).isFalse();
  }
}
