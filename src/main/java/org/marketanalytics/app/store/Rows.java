package org.marketanalytics.app.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.marketanalytics.app.DeadLetter;

/**
 * The bean of the store route. {@link #read} turns a batch of records into the rows of two
 * statements, {@link #commit} tells Kafka that the batch is done.
 */
public final class Rows {
  /** The variable that holds the bars as a JSON array of rows; absent when there are none. */
  public static final String BARS = "bars";

  /**
   * The variable that holds the moving averages as a JSON array of rows; absent when there are
   * none.
   */
  public static final String AVERAGES = "averages";

  private static final String BATCH = "batch";

  private final RowReader reader = new RowReader();
  private final Counter bars;
  private final Counter averages;

  public Rows(MeterRegistry meters) {
    bars = counter(meters, "bars");
    averages = counter(meters, "moving_averages");
  }

  private static Counter counter(MeterRegistry meters, String table) {
    return Counter.builder("market.rows.stored")
        .description("rows sent to the database, the newest of each key in a batch")
        .tag("table", table)
        .register(meters);
  }

  /**
   * Sorts a batch: into {@link #BARS}, {@link #AVERAGES} and, for what is no row, {@link
   * DeadLetter#REFUSED}. Of several rows with one key only the newest goes on; rows are in the
   * order of the primary key, so that writers meet them in the same order.
   */
  public void read(Exchange exchange) {
    exchange.setVariable(BATCH, exchange.getMessage().getBody());
    TreeMap<Row.Key, Row> barRows = new TreeMap<>();
    TreeMap<Row.Key, Row> averageRows = new TreeMap<>();
    List<Message> refused = new ArrayList<>();
    for (Message record : records(exchange)) {
      try {
        byte[] value = record.getBody(byte[].class);
        String type = type(record);
        switch (type) {
          case "bar" -> add(barRows, reader.bar(value));
          case "average" -> add(averageRows, reader.average(value));
          default -> throw new MalformedRow("type must be bar or average, not " + type);
        }
      } catch (MalformedRow e) {
        refused.add(DeadLetter.of(record, "malformed-row", e.getMessage()));
      }
    }
    set(exchange, BARS, barRows);
    set(exchange, AVERAGES, averageRows);
    exchange.setVariable(DeadLetter.REFUSED, refused.isEmpty() ? null : refused);
    exchange.setVariable("stored", new int[] {barRows.size(), averageRows.size()});
  }

  /** Commits the last offset of every partition in the batch, in one call. */
  public void commit(Exchange exchange) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    Consumer<?, ?> consumer = null;
    for (Message record : records(exchange)) {
      DefaultKafkaManualCommit manual =
          record.getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
      consumer = manual.getCamelExchangePayload().consumer;
      next.merge(
          manual.getPartition(),
          new OffsetAndMetadata(manual.getRecordOffset() + 1),
          (a, b) -> a.offset() > b.offset() ? a : b);
    }
    if (consumer != null) {
      consumer.commitSync(next);
    }
    int[] stored = exchange.getVariable("stored", int[].class);
    bars.increment(stored[0]);
    averages.increment(stored[1]);
  }

  private static List<Message> records(Exchange exchange) {
    List<?> batch = exchange.getVariable(BATCH, List.class);
    return batch.stream().map(record -> ((Exchange) record).getMessage()).toList();
  }

  private static String type(Message record) {
    Object type = record.getHeader("type");
    return type instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(type);
  }

  private static void add(Map<Row.Key, Row> rows, Row row) {
    rows.merge(row.key(), row, (before, now) -> now.newer(before));
  }

  private static void set(Exchange exchange, String variable, Map<Row.Key, Row> rows) {
    exchange.setVariable(
        variable,
        rows.isEmpty()
            ? null
            : rows.values().stream().map(Row::json).collect(Collectors.joining(",", "[", "]")));
  }
}
