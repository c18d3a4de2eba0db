package org.marketanalytics.app.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;

/** Heartbeats, one for each partition of the raw topic. */
public final class Beats {
  private final PartitionCount partitions;
  private final byte[] origin;

  /**
   * Heartbeats of one origin.
   *
   * @param origin live or replay
   */
  public Beats(PartitionCount partitions, String origin) {
    this.partitions = partitions;
    this.origin = origin.getBytes(UTF_8);
  }

  /**
   * The records.
   *
   * @param millis the time at the feed
   * @param completeMillis up to where the topic is complete; empty when nothing is missing
   */
  public List<Message> at(
      CamelContext context, long receivedMillis, long millis, OptionalLong completeMillis) {
    return IntStream.range(0, partitions.get())
        .mapToObj(
            partition ->
                RawRecord.heartbeat(
                    context, partition, receivedMillis, origin, millis, completeMillis))
        .toList();
  }
}
