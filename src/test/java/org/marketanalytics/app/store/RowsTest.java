package org.marketanalytics.app.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.marketanalytics.app.DeadLetter;

class RowsTest {
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final Rows rows = new Rows(new SimpleMeterRegistry());
  private final List<Exchange> batch = new ArrayList<>();

  @Test
  void keepsTheNewestRowOfAKey() {
    bar("AAPL", 1000, 7, false);
    bar("AAPL", 1000, 9, false);
    bar("AAPL", 1000, 8, false);
    bar("MSFT", 1000, 1, false);

    Exchange read = read();

    assertThat(read.getVariable(Rows.BARS, String.class))
        .isEqualTo("[" + json("AAPL", 1000, 9, 0) + "," + json("MSFT", 1000, 1, 0) + "]");
    assertThat(read.getVariable(Rows.AVERAGES)).isNull();
    assertThat(read.getVariable(DeadLetter.REFUSED)).isNull();
  }

  @Test
  void keepsTheFinalOneOfEqualRevisions() {
    bar("AAPL", 1000, 7, false);
    bar("AAPL", 1000, 7, true);
    bar("AAPL", 1000, 7, false);

    assertThat(read().getVariable(Rows.BARS, String.class))
        .isEqualTo("[" + json("AAPL", 1000, 7, 1) + "]");
  }

  @Test
  void keepsTheLastOneOfEqualRevisions() {
    average("AAPL", 61_000, 59, 7);
    average("AAPL", 61_000, 60, 7);

    assertThat(read().getVariable(Rows.AVERAGES, String.class))
        .isEqualTo("[[\"AAPL\",1000,61000,\"1\",\"1\",\"1\",\"1\",60,7]]");
  }

  @Test
  void refusesOneRecordAndKeepsItsBatch() {
    bar("AAPL", 1000, 7, false);
    add("bar", "{\"symbol\":null}");
    add("tick", "{}");

    Exchange read = read();

    assertThat(read.getVariable(Rows.BARS, String.class)).contains("AAPL");
    List<?> refused = read.getVariable(DeadLetter.REFUSED, List.class);
    assertThat(refused).hasSize(2);
    Message letter = (Message) refused.get(0);
    assertThat(value(letter)).isEqualTo("{\"symbol\":null}");
    assertThat(text(letter, "reason")).isEqualTo("malformed-row");
    assertThat(text(letter, "error")).contains("symbol");
    assertThat(text(letter, "source-topic")).isEqualTo("market.aggregated");
    assertThat(text(letter, "source-partition")).isEqualTo("3");
    assertThat(text(letter, "source-offset")).isEqualTo("1");
    assertThat(letter.getHeader(KafkaConstants.KEY)).isEqualTo("key");
    assertThat(text((Message) refused.get(1), "error")).contains("tick");
  }

  private Exchange read() {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody(batch);
    rows.read(exchange);
    return exchange;
  }

  private void bar(String symbol, long start, long revision, boolean complete) {
    add(
        "bar",
        """
        {"symbol":"%s","start":%d,"end":%d,"open":"1","high":"1","low":"1","close":"1","volume":"1","vwap":"1",\
        "trades":1,"seconds":1,"revision":%d,"final":%b}"""
            .formatted(symbol, start, start + 60_000, revision, complete));
  }

  private void average(String symbol, long end, int seconds, long revision) {
    add(
        "average",
        """
        {"symbol":"%s","start":%d,"end":%d,"avg_open":"1","avg_high":"1","avg_low":"1","avg_close":"1",\
        "seconds":%d,"revision":%d}"""
            .formatted(symbol, end - 60_000, end, seconds, revision));
  }

  private static String json(String symbol, long start, long revision, int complete) {
    return "[\"%s\",%d,%d,\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",1,1,%d,%d]"
        .formatted(symbol, start, start + 60_000, revision, complete);
  }

  private void add(String type, String value) {
    Exchange record = new DefaultExchange(context);
    Message message = record.getMessage();
    message.setHeader("type", type.getBytes(UTF_8));
    message.setHeader(KafkaConstants.TOPIC, "market.aggregated");
    message.setHeader(KafkaConstants.PARTITION, 3);
    message.setHeader(KafkaConstants.OFFSET, (long) batch.size());
    message.setHeader(KafkaConstants.KEY, "key");
    message.setBody(value.getBytes(UTF_8));
    batch.add(record);
  }

  private static String value(Object message) {
    return new String((byte[]) ((Message) message).getBody(), UTF_8);
  }

  private static String text(Message message, String header) {
    return new String(message.getHeader(header, byte[].class), UTF_8);
  }
}
