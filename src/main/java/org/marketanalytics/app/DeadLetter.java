package org.marketanalytics.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;

/**
 * What cannot be used, on its way to the dead-letter topic: the original bytes, with the reason in
 * the headers. Also the bean that counts it once it is there.
 */
public final class DeadLetter {
  /**
   * The variable of an exchange that holds what was refused of it, a list of messages; absent when
   * nothing was.
   */
  public static final String REFUSED = "refused";

  /** Longest letter that goes out whole: a broker takes 1 MiB a record, headers included. */
  private static final int MOST_BYTES = 512 * 1024;

  private static final int KEPT_BYTES = 64 * 1024;

  /** Longest key and error, which may hold anything that was sent. */
  private static final int MOST_CHARACTERS = 1024;

  private final MeterRegistry meters;

  DeadLetter(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * The letter for a record of a topic.
   *
   * @param record with Kafka's headers as a consumer sets them
   * @param reason short slug, such as {@code malformed-row}
   * @param error a sentence for the operator
   */
  public static Message of(Message record, String reason, String error) {
    Map<String, Object> headers = new HashMap<>();
    headers.put("source-topic", text(record.getHeader(KafkaConstants.TOPIC)));
    headers.put("source-partition", text(record.getHeader(KafkaConstants.PARTITION)));
    headers.put("source-offset", text(record.getHeader(KafkaConstants.OFFSET)));
    Object key = record.getHeader(KafkaConstants.KEY);
    byte[] value = record.getBody(byte[].class);
    return letter(record.getExchange().getContext(), key, value, reason, error, headers);
  }

  /**
   * The letter for bytes that never were on a topic.
   *
   * @param key the symbol, or null when it is not known
   */
  public static Message of(
      CamelContext context, String key, byte[] value, String reason, String error) {
    return letter(context, key, value, reason, error, new HashMap<>());
  }

  private static Message letter(
      CamelContext context,
      Object key,
      byte[] value,
      String reason,
      String error,
      Map<String, Object> headers) {
    boolean whole = value == null || value.length <= MOST_BYTES;
    headers.put("reason", text(reason));
    headers.put("error", text(whole ? cut(error) : cut(error) + kept(value.length)));
    if (key != null && length(key) <= MOST_CHARACTERS) {
      headers.put(KafkaConstants.KEY, key);
    }
    DefaultMessage letter = new DefaultMessage(context);
    letter.setHeaders(headers);
    letter.setBody(whole ? value : Arrays.copyOf(value, KEPT_BYTES));
    return letter;
  }

  private static int length(Object key) {
    return key instanceof byte[] bytes ? bytes.length : key.toString().length();
  }

  private static String cut(String error) {
    return error.length() <= MOST_CHARACTERS ? error : error.substring(0, MOST_CHARACTERS) + " …";
  }

  private static String kept(int bytes) {
    return "; only the first %d of %d bytes are kept here".formatted(KEPT_BYTES, bytes);
  }

  private static byte[] text(Object value) {
    return String.valueOf(value).getBytes(StandardCharsets.UTF_8);
  }

  /** Counts the letters in the body, by reason. */
  public void count(Exchange exchange) {
    for (Object letter : exchange.getMessage().getBody(List.class)) {
      byte[] reason = ((Message) letter).getHeader("reason", byte[].class);
      Counter.builder("market.dead.letters")
          .description("what could not be used and is on the dead-letter topic")
          .tag("reason", new String(reason, StandardCharsets.UTF_8))
          .register(meters)
          .increment();
    }
  }
}
