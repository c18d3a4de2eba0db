package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class KafkaTopicsTest {

  @Test
  void aTopicKeepsRecordsBySizeHoweverOldTheirEventsAre() {
    NewTopic topic = KafkaTopics.topic("market.raw", 8);

    assertThat(topic.numPartitions()).isEqualTo(8);
    assertThat(topic.configs())
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "-1")
        .containsEntry("retention.bytes", "1073741824")
        .containsEntry("segment.bytes", "134217728")
        .containsEntry("compression.type", "producer")
        .containsEntry("message.timestamp.type", "CreateTime")
        .containsEntry("message.timestamp.before.max.ms", "9223372036854775807");
  }
}
