package org.marketanalytics.app.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The rows that an aggregated topic makes: of each key the version with the greatest revision, and
 * of those the last. As lines like the {@link Oracle}'s, in its order.
 */
final class LatestRows {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> PRICES = List.of("open", "high", "low", "close");

  private record Version(long revision, boolean isFinal, String line) {}

  private final SortedMap<String, Version> bars = new TreeMap<>();
  private final SortedMap<String, Version> averages = new TreeMap<>();
  private final List<String> changedFinals = new ArrayList<>();

  private LatestRows() {}

  /** Reads the topic to its present end. */
  static LatestRows read(String bootstrapServers, String topic) throws IOException {
    LatestRows rows = new LatestRows();
    for (ConsumerRecord<byte[], byte[]> record : RawTopic.read(bootstrapServers, topic)) {
      rows.add(JSON.readTree(record.value()), RawTopic.header(record, "type").equals("bar"));
    }
    return rows;
  }

  List<String> bars() {
    return bars.values().stream().map(Version::line).toList();
  }

  List<String> averages() {
    return averages.values().stream().map(Version::line).toList();
  }

  /** Versions that differ from one before that was final; there must be none. */
  List<String> changedFinals() {
    return changedFinals;
  }

  private void add(JsonNode row, boolean isBar) {
    String key = "%s %015d".formatted(row.get("symbol").textValue(), row.get("end").longValue());
    Version version = isBar ? bar(row) : average(row);
    Version before = (isBar ? bars : averages).get(key);
    if (before != null && before.isFinal() && !before.equals(version)) {
      changedFinals.add(version.line());
    }
    if (before == null || version.revision() >= before.revision()) {
      (isBar ? bars : averages).put(key, version);
    }
  }

  private static Version bar(JsonNode row) {
    List<String> line = times(row);
    PRICES.forEach(price -> line.add(decimal(row, price)));
    line.add(decimal(row, "volume"));
    line.add(decimal(row, "vwap"));
    line.add(row.get("trades").asText());
    line.add(row.get("seconds").asText());
    line.add(row.get("revision").asText());
    boolean isFinal = row.get("final").booleanValue();
    line.add(isFinal ? "1" : "0");
    return new Version(row.get("revision").longValue(), isFinal, String.join(",", line));
  }

  private static Version average(JsonNode row) {
    List<String> line = times(row);
    PRICES.forEach(price -> line.add(decimal(row, "avg_" + price)));
    line.add(row.get("seconds").asText());
    line.add(row.get("revision").asText());
    return new Version(row.get("revision").longValue(), false, String.join(",", line));
  }

  private static List<String> times(JsonNode row) {
    return new ArrayList<>(
        List.of(row.get("symbol").textValue(), row.get("start").asText(), row.get("end").asText()));
  }

  private static String decimal(JsonNode row, String column) {
    return new BigDecimal(row.get(column).textValue()).setScale(6).toPlainString();
  }
}
