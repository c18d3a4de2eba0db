package org.marketanalytics.app.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;

/**
 * A record of the raw topic, as camel-kafka takes it in a list.
 *
 * <p>Camel keeps the headers of a message in a map that costs more than the rest of the record. So
 * what camel-kafka asks for by name (key, partition, time) is in fields, and what goes along with
 * the record is a map that all records of a kind in a frame share.
 */
public final class RawRecord extends DefaultMessage {
  /** The kind of event that only the pipeline itself writes. */
  static final String HEARTBEAT = "heartbeat";

  private final byte[] key;
  private final Integer partition;
  private final long millis;
  private Map<String, Object> headers;

  private RawRecord(
      CamelContext context,
      byte[] key,
      Integer partition,
      Map<String, Object> headers,
      long millis,
      byte[] value) {
    super(context);
    this.key = key;
    this.partition = partition;
    this.headers = headers;
    this.millis = millis;
    setBody(value);
  }

  /**
   * The headers of events; records may share them.
   *
   * @param ev kind of event, UTF-8
   * @param received when, in milliseconds since the epoch, as decimal text
   * @param origin live, backfill or replay, UTF-8
   */
  public static Map<String, Object> headers(byte[] ev, byte[] received, byte[] origin) {
    Map<String, Object> headers = new LinkedHashMap<>(8);
    headers.put("ev", ev);
    headers.put("received", received);
    headers.put("origin", origin);
    return headers;
  }

  /**
   * An event.
   *
   * @param symbol its key, UTF-8
   * @param headers of {@link #headers}
   * @param millis time of the event since the epoch
   * @param value the event as JSON
   */
  public static Message event(
      CamelContext context, byte[] symbol, Map<String, Object> headers, long millis, byte[] value) {
    return new RawRecord(context, symbol, null, headers, millis, value);
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
    byte[] received = Long.toString(receivedMillis).getBytes(UTF_8);
    String missing = complete.isPresent() ? ",\"complete\":" + complete.getAsLong() : "";
    byte[] value = ("{\"ev\":\"heartbeat\",\"t\":" + millis + missing + "}").getBytes(UTF_8);
    return new RawRecord(
        context,
        null,
        partition,
        headers(HEARTBEAT.getBytes(UTF_8), received, origin),
        millis,
        value);
  }

  @Override
  public Object getHeader(String name) {
    return switch (name) {
      case KafkaConstants.KEY -> key;
      case KafkaConstants.PARTITION_KEY -> partition;
      case KafkaConstants.OVERRIDE_TIMESTAMP -> millis;
      default -> headers.get(name);
    };
  }

  @Override
  public <T> T getHeader(String name, Class<T> type) {
    Object header = getHeader(name);
    return header == null || type.isInstance(header)
        ? type.cast(header)
        : typeConverter.convertTo(type, header);
  }

  @Override
  public void setHeader(String name, Object value) {
    Map<String, Object> own = new LinkedHashMap<>(headers);
    own.put(name, value);
    headers = own;
  }

  /** Takes nothing away: what must not go to Kafka is not among {@link #getHeaders()} anyway. */
  @Override
  public Object removeHeader(String name) {
    return getHeader(name);
  }

  /** What goes along with the record. */
  @Override
  public Map<String, Object> getHeaders() {
    return headers;
  }

  @Override
  public boolean hasHeaders() {
    return true;
  }
}
