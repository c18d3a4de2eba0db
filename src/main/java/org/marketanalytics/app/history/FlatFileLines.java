package org.marketanalytics.app.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Lines of Polygon's flat files, written as the feed would have sent them (<a
 * href="https://polygon.io/docs/flat-files/stocks/overview">Flat Files: Stocks</a>). The header
 * line tells the order of the columns.
 */
final class FlatFileLines implements LineReader {
  private static final List<String> AGGREGATE =
      List.of("ticker", "volume", "open", "close", "high", "low", "window_start", "transactions");
  private static final List<String> TRADE =
      List.of("ticker", "exchange", "id", "price", "sip_timestamp", "size");

  /** Makes an event of the columns of a line. */
  @FunctionalInterface
  interface Kind {
    FlatFileEvent event(Map<String, String> columns);
  }

  private final List<String> names;
  private final List<String> needed;
  private final Kind kind;

  private FlatFileLines(List<String> names, List<String> needed, Kind kind) {
    this.names = names;
    this.needed = needed;
    this.kind = kind;
  }

  /**
   * The reader for a file.
   *
   * @param file named, or in a folder named, as at Polygon: {@code second_aggs}, {@code
   *     minute_aggs}
   * @throws IOException when the columns are of no kind that is known
   */
  static FlatFileLines of(Path file, byte[] header) throws IOException {
    List<String> names = cells(header);
    if (names.containsAll(TRADE)) {
      return new FlatFileLines(names, TRADE, FlatFileEvent::trade);
    }
    String path = file.toAbsolutePath().toString().toLowerCase(Locale.ROOT);
    boolean minutes = path.contains("minute_aggs");
    if (names.containsAll(AGGREGATE) && minutes != path.contains("second_aggs")) {
      return new FlatFileLines(
          names, AGGREGATE, minutes ? FlatFileEvent::minute : FlatFileEvent::second);
    }
    throw new IOException(
        "the columns %s are neither those of trades nor of aggregates, whose name or folder must hold second_aggs or minute_aggs"
            .formatted(names));
  }

  @Override
  public void read(byte[] line, Visitor visitor) {
    if (line.length == 0) {
      return;
    }
    try {
      FlatFileEvent event = kind.event(columns(line));
      visitor.event(event.ev(), event.symbol(), event.millis(), event.json().getBytes(UTF_8));
    } catch (IOException | IllegalArgumentException e) {
      visitor.refused(line, "malformed-line", e.getMessage());
    }
  }

  private Map<String, String> columns(byte[] line) throws IOException {
    List<String> cells = cells(line);
    if (cells.size() != names.size()) {
      throw new IllegalArgumentException(
          "the line has %d columns; the header has %d".formatted(cells.size(), names.size()));
    }
    Map<String, String> columns = new HashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      columns.put(names.get(i), cells.get(i).strip());
    }
    for (String name : needed) {
      if (columns.get(name).isEmpty()) {
        throw new IllegalArgumentException("the column %s is empty".formatted(name));
      }
    }
    return columns;
  }

  /** A line is parsed by itself, so that a quote that is left open spoils no other. */
  private static List<String> cells(byte[] line) throws IOException {
    try (CSVParser parser = CSVParser.parse(new String(line, UTF_8), CSVFormat.DEFAULT)) {
      List<CSVRecord> records = parser.getRecords();
      if (records.size() != 1) {
        throw new IOException("the line is not one line of CSV");
      }
      return records.get(0).toList();
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new IOException("the line is not CSV: " + e.getMessage(), e);
    }
  }
}
