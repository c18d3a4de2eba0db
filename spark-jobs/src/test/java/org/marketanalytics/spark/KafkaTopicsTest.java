package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class KafkaTopicsTest {
  private static final String TOPIC = "market.raw";

  private int asked;

  @Test
  void asksAgainWhileTheBrokersDoNotKnowANewTopicYet() throws Exception {
    Admin admin = admin(new UnknownTopicOrPartitionException("not yet"), 3);

    assertThat(KafkaTopics.partitions(admin, TOPIC, Duration.ofSeconds(30))).isEqualTo(8);
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void givesUpWhenTheTopicDoesNotAppearInTime() {
    Admin admin = admin(new UnknownTopicOrPartitionException("not yet"), Integer.MAX_VALUE);

    assertThatThrownBy(() -> KafkaTopics.partitions(admin, TOPIC, Duration.ofMillis(1)))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("not yet");
  }

  @Test
  void doesNotAskAgainWhatIsRefused() {
    Admin admin = admin(new TopicAuthorizationException("not allowed"), Integer.MAX_VALUE);

    assertThatThrownBy(() -> KafkaTopics.partitions(admin, TOPIC, Duration.ofSeconds(30)))
        .hasRootCauseMessage("not allowed");
    assertThat(asked).isEqualTo(1);
  }

  /** Knows the topic from this time of asking on. */
  private Admin admin(RuntimeException before, int knownAt) {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("describeTopics");
              asked++;
              return new Described(asked < knownAt ? failed(before) : known());
            });
  }

  private static KafkaFuture<TopicDescription> failed(RuntimeException cause) {
    KafkaFutureImpl<TopicDescription> failed = new KafkaFutureImpl<>();
    failed.completeExceptionally(cause);
    return failed;
  }

  private static KafkaFuture<TopicDescription> known() {
    TopicPartitionInfo partition = new TopicPartitionInfo(0, null, List.of(), List.of());
    return KafkaFuture.completedFuture(
        new TopicDescription(TOPIC, false, Collections.nCopies(8, partition)));
  }

  private static final class Described extends DescribeTopicsResult {
    Described(KafkaFuture<TopicDescription> topic) {
      super(null, Map.of(TOPIC, topic));
    }
  }
}
