package org.marketanalytics.app.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;

/** The records of the raw topic, as camel-kafka takes them in a list. */
public final class RawRecord {
  /** The kind of event that only the pipeline itself writes. */
  static final String HEARTBEAT = "heartbeat";

  private RawRecord() {}

  /**
   * An event.
   *
   * @param ev kind of event, UTF-8
   * @param received when, in milliseconds since the epoch, as decimal text
   * @param origin live, backfill or replay, UTF-8
   * @param millis time of the event since the epoch
   * @param value the event as JSON
   */
  public static Message event(
      CamelContext context,
      String symbol,
      byte[] ev,
      byte[] received,
      byte[] origin,
      long millis,
      byte[] value) {
    Map<String, Object> headers = new HashMap<>(16);
    headers.put(KafkaConstants.KEY, symbol);
    return message(context, headers, ev, received, origin, millis, value);
  }

  /** A heartbeat for one partition: the time at the feed. */
  public static Message heartbeat(
      CamelContext context, int partition, long receivedMillis, byte[] origin, long millis) {
    return heartbeat(context, partition, receivedMillis, origin, millis, OptionalLong.empty());
  }

  /**
   * A heartbeat for one partition.
   *
   * @param millis the time at the feed, since the epoch
   * @param complete what was sent before this time is on the topic, and later events are still to
   *     come; empty when nothing is missing
   */
  public static Message heartbeat(
      CamelContext context,
      int partition,
      long receivedMillis,
      byte[] origin,
      long millis,
      OptionalLong complete) {
    Map<String, Object> headers = new HashMap<>(16);
    headers.put(KafkaConstants.PARTITION_KEY, partition);
    byte[] received = Long.toString(receivedMillis).getBytes(UTF_8);
    String missing = complete.isPresent() ? ",\"complete\":" + complete.getAsLong() : "";
    byte[] value = ("{\"ev\":\"heartbeat\",\"t\":" + millis + missing + "}").getBytes(UTF_8);
    return message(context, headers, HEARTBEAT.getBytes(UTF_8), received, origin, millis, value);
  }

  private static Message message(
      CamelContext context,
      Map<String, Object> headers,
      byte[] ev,
      byte[] received,
      byte[] origin,
      long millis,
      byte[] value) {
    headers.put(KafkaConstants.OVERRIDE_TIMESTAMP, millis);
    headers.put("ev", ev);
    headers.put("received", received);
    headers.put("origin", origin);
    DefaultMessage record = new DefaultMessage(context);
    record.setHeaders(headers);
    record.setBody(value);
    return record;
  }
}
