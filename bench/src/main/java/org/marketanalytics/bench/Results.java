package org.marketanalytics.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The results of a run: as JSON, for the screen and for the documentation.
 *
 * @param list one for each metric
 */
record Results(List<Result> list) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final List<String> COLUMNS =
      List.of("name", "unit", "ours", "limit", "peer", "ours/limit", "ours/peer", "spread");

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when the file is not there, or is something else
   */
  static Results read(Path file) throws IOException {
    return new Results(JSON.readValue(file.toFile(), new TypeReference<List<Result>>() {}));
  }

  void write(Path file) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(list) + "\n");
  }

  /** In columns. */
  String table() {
    int[] widths = new int[COLUMNS.size()];
    for (List<String> row : rows()) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows()) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String format = i < 2 ? "%-" + widths[i] + "s  " : "%" + widths[i] + "s  ";
        line.append(format.formatted(row.get(i)));
      }
      table.append(line.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }

  /** As Markdown. */
  String markdown() {
    List<List<String>> rows = rows();
    String rule = "|---|---|---:|---:|---:|---:|---:|---:|\n";
    return line(rows.get(0))
        + rule
        + rows.stream().skip(1).map(Results::line).collect(Collectors.joining());
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>(List.of(COLUMNS));
    for (Result result : list) {
      rows.add(
          List.of(
              result.name(),
              result.unit(),
              figure(result.ours()),
              figure(result.limit()),
              figure(result.peer()),
              figure(result.ratioToLimit()),
              figure(result.ratioToPeer()),
              percent(result.spread())));
    }
    return rows;
  }

  private static String figure(BigDecimal value) {
    if (value == null) {
      return "";
    }
    return value.abs().compareTo(BigDecimal.valueOf(1000)) >= 0
        ? String.format(Locale.ROOT, "%,.0f", value)
        : value.toPlainString();
  }

  private static String percent(BigDecimal value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.0f %%", value.doubleValue() * 100);
  }
}
